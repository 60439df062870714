import Link from "next/link";
import type { AgentListRow } from "../../../../server/features/agents/schema.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import { StatusWord } from "../../../_ui/status-word.tsx";
import { Time } from "../../../_ui/time.tsx";
import { agentState } from "../[agentId]/parts/agent-state.ts";
import { agentHref } from "../agent-href.ts";

/** The list on a phone: two lines an agent, each a link to its page. */
export function AgentCards({ rows }: { rows: readonly AgentListRow[] }) {
  return (
    <ul aria-label="Agents">
      {rows.map((row) => (
        <li
          key={row.id}
          className="border-hairline border-b [contain-intrinsic-size:auto_58px] [content-visibility:auto]"
        >
          <Card row={row} />
        </li>
      ))}
    </ul>
  );
}

function Card({ row }: { row: AgentListRow }) {
  const { word, ...look } = agentState(row, row.places);
  return (
    <Link
      href={agentHref(row.id)}
      prefetch={false}
      className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2 px-4 py-2 hover:no-underline"
    >
      <b className="truncate">{row.alias}</b>
      <span className="dim text-12">
        <Time at={row.changedAt} isQuiet />
      </span>
      <span className="truncate text-12">
        <StatusWord {...look}>{word}</StatusWord>
      </span>
      <span className="dim text-12">
        {row.latest?.semver}, {formatNumber(row.versions)} versions
      </span>
    </Link>
  );
}
