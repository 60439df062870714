import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";

/** "prod 25 %, dev": the environment that matters most first; "some" = only those that a record picks out. */
export function whereRuns(cid: string, places: readonly PlaceSummary[]): string {
  return places
    .toReversed()
    .flatMap(({ environment, shares, targeted }) => {
      const share = shares.find((of) => of.cid === cid);
      if (share)
        return [share.percent === 100 ? environment : `${environment} ${formatNumber(share.percent)} %`];
      return targeted.some((of) => of.cid === cid) ? [`${environment}, some`] : [];
    })
    .join(", ");
}
