import type { ClusterDetail, ClusterParameter } from "../../../../../../server/features/clusters/schema.ts";
import { cereDecimals } from "../../../../../../server/kernel/networks.ts";
import { Amount } from "../../../../../_ui/amount.tsx";
import { formatInteger, formatNumber, noReading } from "../../../../../_ui/format/number.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";

/** What the chain fixed for this cluster, exactly, under the names that each runtime uses. */
export function ParametersPanel({ detail }: { detail: ClusterDetail }) {
  const isRegistered = detail.registryHeight !== null;
  return (
    <Panel
      title="Protocol parameters"
      sub={isRegistered ? `read at #${formatNumber(detail.registryHeight)}` : undefined}
      state={
        isRegistered
          ? { kind: "data" }
          : {
              kind: "empty",
              title: "Not registered",
              children:
                "Nodes name this cluster, but the chain index does not hold it, so its parameters are unknown.",
            }
      }
      isFlush
    >
      <table className="tbl tbl-compact">
        <tbody>
          {detail.parameters.map((parameter) => (
            <tr key={parameter.name}>
              <th scope="row">
                {parameter.label} <span className="dim mono">{parameter.olderName ?? parameter.name}</span>
              </th>
              <td className="num">
                <ParameterValue parameter={parameter} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function ParameterValue({ parameter: { value, unit } }: { parameter: ClusterParameter }) {
  if (value === null) return <span className="na">{noReading}</span>;
  switch (unit) {
    case "cere":
      return <Amount baseUnits={value} decimals={cereDecimals} symbol="CERE" />;
    case "cere_per_mb":
      return <Amount baseUnits={value} decimals={cereDecimals} symbol="CERE/MB" />;
    case "cere_per_unit":
      return <Amount baseUnits={value} decimals={cereDecimals} symbol="CERE each" />;
    case "share":
      return <span data-tip={`${formatInteger(value)} of 10^18`}>{formatShareOf(value)} %</span>;
    case "blocks":
      return <>{formatInteger(value)} blocks</>;
    case "count":
      return <>{formatInteger(value)}</>;
    case "account":
      return <Id value={value} what="account" />;
  }
}

const shareUnit = 10n ** 18n;

/** Exact: 10^18 parts in hundredths of a percent; what is finer stays in the tooltip. */
function formatShareOf(parts: string): string {
  const hundredths = (BigInt(parts) * 10_000n) / shareUnit;
  return formatNumber(Number(hundredths) / 100, 2);
}
