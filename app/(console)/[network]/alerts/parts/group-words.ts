import type { AlertGroup } from "../../../../../server/features/alerts/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";

/** The same address, looking into the group with this key; null = at all of them. */
export function groupHref(search: URLSearchParams, key: string | null): string {
  const next = new URLSearchParams(search);
  next.delete("alert");
  if (key === null) next.delete("in");
  else next.set("in", key);
  return `?${next}`;
}

export function ownedWords({ owned, alerts }: Pick<AlertGroup, "owned" | "alerts">): string {
  if (owned === 0) return "no owner";
  return owned === alerts
    ? "all have an owner"
    : `${formatNumber(owned)} of ${formatNumber(alerts)} have an owner`;
}
