import type { NodeDetail, Risk } from "../../../../../../server/features/nodes/schema.ts";
import { Figure } from "../../../../../_ui/figure.tsx";
import { formatNumber, noReading } from "../../../../../_ui/format/number.ts";
import { Meter } from "../../../../../_ui/meter.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";

/** How near this node is to a penalty, and what brings it there. */
export function RiskPanel({ detail }: { detail: NodeDetail }) {
  const { risk } = detail;
  return (
    <Panel title="Risk of a penalty" age={{ at: detail.at, staleAfterMs: 90_000 }} isFlush>
      <div className="flex items-baseline gap-4 px-4 pb-2">
        <Figure value={formatNumber(risk.score)} unit="of 100" />
        <p className="figsub">{scoreNote(risk)}</p>
      </div>
      <table className="tbl tbl-fixed tbl-compact [&_td]:pl-1 [&_th]:pr-1">
        <colgroup>
          <col style={{ width: 152 }} />
          <col />
          <col style={{ width: 98 }} />
        </colgroup>
        <caption className="sr-only">Factors of the risk</caption>
        <tbody>
          {risk.factors.map((factor) => (
            <Factor key={factor.factor} factor={factor} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function scoreNote(risk: Risk): string {
  const line = `marked from ${formatNumber(risk.threshold)}`;
  if (risk.score === null) return `nothing could be measured, ${line}`;
  return risk.isOverThreshold ? `over the mark: it is ${line}` : line;
}

function Factor({ factor }: { factor: Risk["factors"][number] }) {
  const ratio = factor.points === null ? null : factor.points / factor.maxPoints;
  const tone = ratio === null || ratio < 0.3 ? null : ratio < 0.7 ? "warn" : "crit";
  return (
    <tr>
      <th scope="row" className="font-normal" data-tip={factor.label}>
        {factor.label}
      </th>
      <td data-tip={factor.reading}>
        <span className="dim">{factor.reading}</span>
      </td>
      <td className="num">
        <Meter ratio={ratio} label={factor.label} tone={tone} />
        <b className="inline-block w-7">
          {factor.points === null ? (
            <span className="na" data-tip="Could not be measured: adds nothing">
              {noReading}
            </span>
          ) : (
            `${factor.points > 0 ? "+" : ""}${formatNumber(factor.points)}`
          )}
        </b>
      </td>
    </tr>
  );
}
