import type { ClusterDetail, ClusterHistory } from "../../../../../../server/features/clusters/schema.ts";
import { cereDecimals } from "../../../../../../server/kernel/networks.ts";
import { Amount } from "../../../../../_ui/amount.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";

type MoneyPanelProps = { charges: ClusterHistory["charges"]; payouts: ClusterDetail["payouts"] };

/** What customers of this cluster were charged in the range, and what is not known about payouts. */
export function MoneyPanel({ charges, payouts }: MoneyPanelProps) {
  return (
    <Panel title="Charges and payouts" sub="of the time range">
      {charges.state === "allocated" ? (
        <KeyValue
          items={[
            [
              "Customers only here",
              <>
                <Amount key="amount" baseUnits={charges.attributed} decimals={cereDecimals} symbol="CERE" />{" "}
                <span className="dim">{formatNumber(charges.attributedAccounts)} accounts</span>
              </>,
            ],
            [
              "Customers elsewhere too",
              <>
                <Amount key="amount" baseUnits={charges.shared} decimals={cereDecimals} symbol="CERE" />{" "}
                <span className="dim">{formatNumber(charges.sharedAccounts)} accounts, cannot be split</span>
              </>,
            ],
          ]}
        />
      ) : (
        <p className="sec">{charges.reason}</p>
      )}
      <p className="dim mt-3 text-12">
        Payouts by era: {payouts.reason} {payouts.squid} would fill them.
      </p>
    </Panel>
  );
}
