import type { Alert, AlertGroup, AlertPage, GroupBy } from "../../../../../server/features/alerts/schema.ts";
import { type GroupFilter, groupFilterOf } from "./group-filter.ts";

/** As many as one action may name. */
export const mostAtOnce = 500;

type Ask = (filter: GroupFilter & { limit: number }) => Promise<Pick<AlertPage, "rows">>;

/** The alerts of groups as they are now, the worst of each first, no more than one action may name. */
export async function loadGroups(
  ask: Ask,
  by: GroupBy,
  groups: readonly Pick<AlertGroup, "key">[],
): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (const { key } of groups) {
    const filter = groupFilterOf(by, key);
    const limit = mostAtOnce - alerts.length;
    if (filter === null || limit <= 0) continue;
    alerts.push(...(await ask({ ...filter, limit })).rows);
  }
  return alerts;
}
