"use client";

import { useQuery } from "@tanstack/react-query";
import type { Severity } from "../../../../../../../server/features/alerts/schema.ts";
import { judgeRoute } from "../../../../../../../server/features/notify/rules.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../../../_shell/use-refusal.ts";
import { Glyph } from "../../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { TestButton } from "../../../parts/test-button.tsx";

export type Heard = { rule: string; severity: Severity; labels: Readonly<Record<string, string>> };

const nothing = {
  title: "Nobody is told",
  children: "This network has no routes. They are made on the tab Routes.",
};

/** Which routes would tell of the rule, as far as the rule alone decides, and a test of each. */
export function HearersPanel({ network, heard }: { network: NetworkName; heard: Heard | null }) {
  const trpc = useTRPC();
  const refusal = useRefusal("operator", network);
  const query = useQuery(trpc.notify.routes.queryOptions({ network }));
  const rows = (query.data ?? []).map((route) => ({
    route,
    verdict: heard && judgeHeard(heard, network, route),
  }));
  return (
    <Panel
      title="Who hears it"
      sub="what a route asks of subjects is decided when it fires"
      isFlush
      state={queryState(query, "the routes", () => (rows.length > 0 ? null : nothing))}
    >
      <SmallTable
        label="Who hears it"
        rows={rows}
        rowKey={({ route }) => route.id}
        isCompact
        columns={[
          { id: "route", title: "Route", cell: ({ route }) => route.name },
          { id: "to", title: "To", cell: ({ route }) => <span className="sec">{route.receiver.name}</span> },
          {
            id: "why",
            title: "This rule",
            cell: ({ verdict }) =>
              verdict && (
                <>
                  <Glyph
                    tone={verdict.isTold ? "ok" : "unknown"}
                    size={9}
                    {...(!verdict.isTold && { shape: "ring" })}
                  />{" "}
                  {verdict.isTold ? "would be told" : "not told"}: <span className="sec">{verdict.why}</span>
                </>
              ),
          },
          {
            id: "test",
            title: <span className="sr-only">Actions</span>,
            width: 72,
            cell: ({ route }) => <TestButton network={network} route={route} refusal={refusal} />,
          },
        ]}
      />
    </Panel>
  );
}

type Judged = Parameters<typeof judgeRoute>[0];

/** What is asked of the subject is left out: any subject may come. */
function judgeHeard(
  { rule, severity, labels }: Heard,
  network: NetworkName,
  { definition }: { definition: Judged },
) {
  const ofSubject = new Set(["subject", "node", "topic", "indexer"]);
  const matchers = definition.matchers.filter(({ label }) => !ofSubject.has(label));
  return judgeRoute(
    { ...definition, matchers },
    { severity, labels: { ...labels, network, source: "rule", alertname: rule, severity } },
  );
}
