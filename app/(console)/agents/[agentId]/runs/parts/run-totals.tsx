import type { RunTotals as Totals } from "../../../../../../server/features/runs/schema.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Time } from "../../../../../_ui/time.tsx";

/** Of every job in that time, exact. */
export function RunTotals({ totals: { finished, failed, from, keptSince } }: { totals: Totals }) {
  return (
    <>
      <b className="font-medium">{formatNumber(finished + failed)}</b> runs,{" "}
      <span className={failed > 0 ? "t-crit" : undefined}>{formatNumber(failed)} failed</span>
      {from < keptSince && (
        <>
          , kept since <Time at={keptSince} form="instant" isQuiet />
        </>
      )}
    </>
  );
}
