"use client";

import type { AlertGroup, GroupBy } from "../../../../../server/features/alerts/schema.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { notify } from "../../../../_ui/notify.ts";
import type { toListInput } from "../search-params.ts";
import { loadGroups, mostAtOnce } from "./load-groups.ts";
import { type ReviewTarget, silenceOfGroups } from "./review-target.ts";

type GroupTargetInput = {
  /** What the groups were made from. */
  list: ReturnType<typeof toListInput>;
  by: GroupBy;
  groups: readonly AlertGroup[];
};

/** Whole groups: their alerts as they are when something is done with them, not only those that were drawn. */
export function useGroupTarget({ list, by, groups }: GroupTargetInput): ReviewTarget {
  const client = useTRPCClient();
  const load = async () => {
    const alerts = await loadGroups((filter) => client.alerts.list.query({ ...list, ...filter }), by, groups);
    tellOfOthers(
      alerts.length,
      groups.reduce((sum, group) => sum + group.alerts, 0),
    );
    return alerts;
  };
  return { load, silence: silenceOfGroups(groups) };
}

function tellOfOthers(taken: number, all: number): void {
  if (taken === 0) notify({ tone: "info", title: "Nothing is left in it" });
  else if (taken === mostAtOnce && all > taken)
    notify({
      tone: "info",
      title: `${formatNumber(taken)} of ${formatNumber(all)} at once`,
      detail: "The worst first. Do it once more for the others.",
    });
}
