import type { Overview } from "../../../../server/features/overview/schema.ts";
import { formatAge } from "../../../_ui/format/duration.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import type { Tone } from "../../../_ui/glyph.tsx";
import type { PanelState } from "../../../_ui/panel.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { StatusWord } from "../../../_ui/status-word.tsx";

const tones: Record<string, Tone> = {
  ok: "ok",
  stalled: "warn",
  unreachable: "crit",
  refused: "crit",
  absent: "idle",
};

/** The indexer databases of this network: how far each is, and what is wrong with it. */
export function SourcesPanel({ overview }: { overview: Overview }) {
  const state: PanelState =
    overview.chain.length === 0
      ? {
          kind: "empty",
          title: "No indexer on this network",
          children: "Set INDEXER_<NETWORK>_DDC_URL to the database of a cere-squid-indexer.",
        }
      : { kind: "data" };
  return (
    <Panel title="Chain index" state={state} isFlush>
      <table className="tbl tbl-compact">
        <thead>
          <tr>
            <th scope="col">Family</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Height
            </th>
            <th scope="col" className="num">
              Behind
            </th>
            <th scope="col" className="num">
              Lag
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.chain.map((source) => (
            <tr key={source.family}>
              <th scope="row">{source.family}</th>
              <td>
                <StatusWord
                  tone={tones[source.state] ?? "unknown"}
                  {...(source.reason && { why: source.reason })}
                >
                  {source.state}
                </StatusWord>
              </td>
              <td className="num">{formatNumber(source.height)}</td>
              <td className="num">{formatNumber(source.lagBlocks)}</td>
              <td className="num">{formatAge(source.lagMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
