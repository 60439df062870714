"use client";

import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type {
  PreviewRuleInput,
  RulePreview,
} from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { TimeSeries } from "../../../../../../_charts/time-series.tsx";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { formatDuration } from "../../../../../../_ui/format/duration.ts";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { firingValues, looksOf } from "./preview-looks.ts";
import { useSettled } from "./use-settled.ts";

type Replayed = Extract<RulePreview, { kind: "replayed" }>;
type PreviewPanelProps = { network: NetworkName; asked: PreviewRuleInput["rule"] | null };

/** What the rule as it stands in the form would have done in the last week. */
export function PreviewPanel({ network, asked }: PreviewPanelProps) {
  const trpc = useTRPC();
  const settled = useSettled(asked);
  const query = useQuery(
    trpc.alerts.previewRule.queryOptions(settled ? { network, rule: settled } : skipToken, {
      placeholderData: keepPreviousData,
      refetchInterval: false,
      retry: false,
    }),
  );
  const data = useDeferredValue(query.data);
  const state = queryState(query, "the last week", (preview) =>
    preview.kind === "unknown" ? { title: "Cannot be told", children: preview.why } : null,
  );
  const isIncomplete = asked === null && data === undefined;
  return (
    <Panel
      title="Last 7 days"
      sub={data?.kind === "replayed" ? subOf(data) : "real data"}
      isDimmed={query.isFetching && data !== undefined}
      state={
        isIncomplete
          ? { kind: "empty", title: "Not a whole rule yet", children: "It is looked at as soon as it is." }
          : state
      }
    >
      {data?.kind === "replayed" && asked !== null && <Week preview={data} asked={asked} />}
    </Panel>
  );
}

function subOf({ nodes, ofNodes }: Replayed): string {
  return nodes < ofNodes ? `real data of ${nodes} of its ${ofNodes} nodes` : `real data of ${nodes} nodes`;
}

function Week({ preview, asked }: { preview: Replayed; asked: PreviewRuleInput["rule"] }) {
  const { fired, longestMs, episodes, from, stepMs, worst, limit, breach } = preview;
  const { unit, perUnit, format } = looksOf(asked);
  const steps = { start: Date.parse(from), stepMs, points: worst.length };
  const scaled = worst.map((value) => (value === null ? null : value / perUnit));
  const firing = firingValues(scaled, steps, preview.bands);
  const word = breach === "above" ? "highest" : "lowest";
  return (
    <>
      <p className="mb-2 text-15">
        <b className="font-medium">
          {fired === 0 ? "Would not have fired." : `Would have fired ${timesOf(fired)}`}
        </b>
        {fired > 0 && <b className="font-medium">, longest {formatDuration(longestMs)}.</b>}
      </p>
      <TimeSeries
        label="The last 7 days"
        steps={steps}
        height={220}
        unit={unit}
        format={format}
        series={[
          { id: "worst", label: `${word} of all nodes`, colour: "cat-1", values: scaled },
          { id: "firing", label: "while it would have fired", colour: "cat-5", values: firing },
        ]}
        limits={[{ value: limit / perUnit, label: `${breach} ${format(limit / perUnit)}`, tone: "warn" }]}
      />
      {episodes.length > 0 && <Episodes episodes={episodes} fired={fired} />}
    </>
  );
}

function timesOf(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function Episodes({ episodes, fired }: { episodes: Replayed["episodes"]; fired: number }) {
  return (
    <div className="mt-3">
      <SmallTable
        label="When it would have fired"
        rows={episodes}
        rowKey={({ subject, from }) => `${subject} ${from}`}
        isCompact
        columns={[
          { id: "on", title: "On", cell: ({ subject }) => <span className="mono">{subject}</span> },
          { id: "from", title: "Fired", cell: ({ from }) => <Time at={from} form="instant" isQuiet /> },
          {
            id: "for",
            title: "For",
            isNumber: true,
            cell: ({ forMs, to }) => `${formatDuration(forMs)}${to === null ? ", still" : ""}`,
          },
        ]}
      />
      {fired > episodes.length && (
        <p className="dim mt-2 text-12">
          The longest {episodes.length} of {fired}.
        </p>
      )}
    </div>
  );
}
