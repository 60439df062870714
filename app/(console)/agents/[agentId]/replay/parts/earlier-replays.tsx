import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { replayedOf } from "../../../../../../server/features/replays/replay-rules.ts";
import type { Replay } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { type SmallColumn, SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { agentHref } from "../../../agent-href.ts";
import type { Environment } from "../../parts/use-place-of-agent.ts";
import { nameOf, stateWords } from "./verdict-words.ts";

type Page = { rows: Replay[]; next: string | null };
type EarlierReplaysProps = {
  list: UseQueryResult<Page, unknown>;
  environment: Environment;
  shown: string | null;
};

export function EarlierReplays({ list, environment, shown }: EarlierReplaysProps) {
  return (
    <Sheet>
      <QueryPanel
        title={`Replays in ${environment}`}
        sub={list.data?.next ? "the newest 20; kept for 30 days" : "kept for 30 days"}
        query={list}
        what="the replays"
        staleAfterMs={90_000}
        isFlush
        emptyWhen={({ rows }) => (rows.length === 0 ? nothing : null)}
      >
        {({ rows }) => (
          <SmallTable label="Replays" rows={rows} rowKey={({ id }) => id} columns={columnsOf(shown)} />
        )}
      </QueryPanel>
    </Sheet>
  );
}

const nothing = {
  title: "No replay yet",
  children: "Choose a candidate above: what it does with recorded events is seen before it gets any.",
};

function columnsOf(shown: string | null): SmallColumn<Replay>[] {
  return [
    {
      id: "replay",
      title: "Replay",
      cell: ({ id, agentId, environment, stable, candidate }) => (
        <Link
          className="lk mono"
          href={`${agentHref(agentId, "replay")}?env=${environment}&id=${id}`}
          aria-current={id === shown || undefined}
        >
          {nameOf(stable)} → {nameOf(candidate)}
        </Link>
      ),
    },
    { id: "when", title: "Asked for", cell: ({ askedAt }) => <Time at={askedAt} isQuiet /> },
    { id: "by", title: "By", cell: ({ askedBy }) => <span className="sec">{askedBy}</span> },
    {
      id: "state",
      title: "State",
      cell: ({ state, reason }) => (
        <StatusWord tone={stateWords[state].tone} {...(reason !== null && { why: reason })}>
          {stateWords[state].word}
        </StatusWord>
      ),
    },
    {
      id: "events",
      title: "Events",
      isNumber: true,
      cell: ({ verdicts }) => formatNumber(replayedOf(verdicts)),
    },
    {
      id: "new",
      title: "New errors",
      isNumber: true,
      cell: ({ verdicts }) => (
        <span className={verdicts.new_error > 0 ? "t-crit" : undefined}>
          {formatNumber(verdicts.new_error)}
        </span>
      ),
    },
    {
      id: "different",
      title: "Differ",
      isNumber: true,
      cell: ({ verdicts }) => formatNumber(verdicts.different),
    },
    { id: "slower", title: "Slower", isNumber: true, cell: ({ verdicts }) => formatNumber(verdicts.slower) },
    {
      id: "fixed",
      title: "Fixed",
      isNumber: true,
      cell: ({ verdicts }) => formatNumber(verdicts.fixed_error),
    },
  ];
}
