import type { AgentTotals } from "../../../../server/features/agents/schema.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import { StatusWord } from "../../../_ui/status-word.tsx";

export function AgentsTotals({ totals }: { totals: AgentTotals }) {
  const { agents, versions, archived, inProd, rollouts, locked } = totals;
  return (
    <>
      <span>
        {formatNumber(agents)} agents, {formatNumber(versions)} versions, {formatNumber(inProd)} in prod
        {archived > 0 && `, ${formatNumber(archived)} archived`}
      </span>
      {rollouts > 0 && (
        <StatusWord tone="info" shape="turning">{`${formatNumber(rollouts)} rolling out`}</StatusWord>
      )}
      {locked > 0 && <StatusWord tone="crit">{`${formatNumber(locked)} rolled back, locked`}</StatusWord>}
    </>
  );
}
