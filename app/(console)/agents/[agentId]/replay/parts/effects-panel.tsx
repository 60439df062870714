import type { ReplayDetail, SideSummary } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { nameOf } from "./verdict-words.ts";

type Effect = { label: string; count: (side: SideSummary) => number; fate: string };

const effects: readonly Effect[] = [
  { label: "Results", count: ({ finished, empty }) => finished - empty, fate: "hashed only" },
  { label: "Runs", count: ({ finished, failed }) => finished + failed, fate: "not told" },
  { label: "Log lines", count: ({ lines }) => lines, fate: "counted only" },
  { label: "Fetches", count: ({ fetches }) => fetches, fate: "refused" },
];

/** What would have left the sandbox, and what became of it. */
export function EffectsPanel({ detail: { replay, stable, candidate } }: { detail: ReplayDetail }) {
  return (
    <Panel title="Effects" sub="none happened" isFlush>
      <SmallTable
        label="Effects held back"
        isCompact
        rows={effects}
        rowKey={({ label }) => label}
        columns={[
          { id: "label", title: "Effect, held back", cell: ({ label }) => label },
          {
            id: "stable",
            title: nameOf(replay.stable),
            isNumber: true,
            cell: ({ count }) => formatNumber(count(stable)),
          },
          {
            id: "candidate",
            title: nameOf(replay.candidate),
            isNumber: true,
            cell: ({ count }) => formatNumber(count(candidate)),
          },
          {
            id: "then",
            title: "Then",
            cell: (effect) => (
              <span className={isRefused(effect, stable, candidate) ? "t-warn" : "dim"}>{effect.fate}</span>
            ),
          },
        ]}
      />
      <p className="panel-note">
        A handler whose fetch is refused is seen to fail in both versions; what it would have done is not
        judged.
      </p>
    </Panel>
  );
}

function isRefused({ fate, count }: Effect, ...sides: SideSummary[]): boolean {
  return fate === "refused" && sides.some((side) => count(side) > 0);
}
