import type { Overview } from "../../../../server/features/overview/schema.ts";
import { cereDecimals } from "../../../../server/kernel/networks.ts";
import { Amount } from "../../../_ui/amount.tsx";
import { formatNumber } from "../../../_ui/format/number.ts";
import { formatSpan } from "../../../_ui/format/time.ts";
import type { PanelState } from "../../../_ui/panel.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { useZone } from "../../../_ui/zone.ts";

/** Deposits and charges as the chain index has them; what it does not hold is said, not guessed. */
export function EconomicsPanel({ overview }: { overview: Overview }) {
  const { economics } = overview;
  const state: PanelState =
    economics.state === "absent"
      ? { kind: "empty", title: "No ledger for this network", children: economics.why }
      : { kind: "data" };
  return (
    <Panel title="Economics" sub="CERE, last 24 h" state={state} isFlush>
      {economics.state === "known" && <Ledger economics={economics} />}
    </Panel>
  );
}

type Known = Extract<Overview["economics"], { state: "known" }>;

function Ledger({ economics }: { economics: Known }) {
  const zone = useZone();
  const kept = BigInt(economics.deposited) - BigInt(economics.charged);
  return (
    <>
      <table className="tbl">
        <tbody>
          <LedgerRow name="Deposited" entries={economics.deposits} amount={economics.deposited} />
          <LedgerRow name="Charged" entries={economics.charges} amount={economics.charged} />
        </tbody>
        <tfoot>
          <tr>
            <td>Deposited − charged</td>
            <td className="num" />
            <td className="num">
              <Amount baseUnits={String(kept)} decimals={cereDecimals} />
            </td>
          </tr>
        </tfoot>
      </table>
      <div className="panel-note">
        <p>{formatSpan(new Date(economics.from), new Date(economics.to), zone)}, whole hours</p>
        {economics.caveats.map((caveat) => (
          <p key={caveat}>{caveat}</p>
        ))}
      </div>
    </>
  );
}

function LedgerRow({ name, entries, amount }: { name: string; entries: number; amount: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num dim">{formatNumber(entries)} entries</td>
      <td className="num">
        <Amount baseUnits={amount} decimals={cereDecimals} />
      </td>
    </tr>
  );
}
