import type { ReplayDetail } from "../../../../../../server/features/replays/schema.ts";
import { formatNumber, formatReading, inStyle } from "../../../../../_ui/format/number.ts";
import type { Tone } from "../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { type Compared, compareFigures, type Judged } from "./compare-figures.ts";
import { nameOf } from "./verdict-words.ts";

const tones: Record<Judged, Tone> = { better: "ok", worse: "warn", same: "idle", unknown: "unknown" };

export function BothVersions({ detail: { replay, stable, candidate } }: { detail: ReplayDetail }) {
  return (
    <Panel title="Both versions" sub="same events, one run each" isFlush>
      <SmallTable
        label="Both versions"
        isCompact
        rows={compareFigures(stable, candidate)}
        rowKey={({ label }) => label}
        columns={[
          {
            id: "label",
            title: "Compared",
            cell: ({ label, unit }) => (
              <>
                {label} <span className="dim">{unit}</span>
              </>
            ),
          },
          {
            id: "stable",
            title: nameOf(replay.stable),
            isNumber: true,
            cell: (row) => figureOf(row, row.stable),
          },
          {
            id: "candidate",
            title: nameOf(replay.candidate),
            isNumber: true,
            cell: (row) => figureOf(row, row.candidate),
          },
          {
            id: "difference",
            title: "Difference",
            isNumber: true,
            cell: ({ difference }) => differenceOf(difference),
          },
          {
            id: "judged",
            title: "",
            width: 92,
            cell: ({ judged }) => <StatusWord tone={tones[judged]}>{judged}</StatusWord>,
          },
        ]}
      />
    </Panel>
  );
}

function figureOf({ unit }: Compared, value: number | null): string {
  return unit === "" ? formatNumber(value) : formatReading(value);
}

/** Signed; nothing where there is nothing to tell. */
function differenceOf(difference: Compared["difference"]): string {
  if (difference === null) return "·";
  const { value, unit } = difference;
  const digits = unit === "" ? 0 : unit === "pt" ? 2 : 1;
  const size = Math.abs(value);
  const figure = inStyle(digits === 0 ? formatNumber(size) : size.toFixed(digits));
  const sign = Number(size.toFixed(digits)) === 0 ? "" : value < 0 ? "−" : "+";
  return `${sign}${figure}${unit === "" ? "" : ` ${unit}`}`;
}
