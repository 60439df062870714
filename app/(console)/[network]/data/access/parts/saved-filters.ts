import type { NetworkName } from "../../../../../../server/kernel/networks.ts";

export type SavedFilter = { name: string; search: string };

const most = 20;

export function readSaved(network: NetworkName): SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(keyOf(network)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isSaved) : [];
  } catch {
    return [];
  }
}

/** The newest first, each once. */
export function writeSaved(network: NetworkName, filters: readonly SavedFilter[]): void {
  const once = [...new Map(filters.map((filter) => [filter.search, filter])).values()].slice(0, most);
  try {
    window.localStorage.setItem(keyOf(network), JSON.stringify(once));
  } catch {
    // A browser that stores nothing has no saved filters.
  }
}

function isSaved(value: unknown): value is SavedFilter {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "search" in value &&
    typeof value.name === "string" &&
    typeof value.search === "string"
  );
}

function keyOf(network: NetworkName): string {
  return `access-filters-${network}`;
}
