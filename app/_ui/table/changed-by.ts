import type { SortValue } from "./sort.ts";

/** For `marksChange`: figures that tremble every second are marked only when they move by this share. */
export function changedBy(share: number): (before: SortValue, after: SortValue) => boolean {
  return (before, after) => {
    if (typeof before !== "number" || typeof after !== "number") return before !== after;
    return Math.abs(after - before) > share * Math.max(Math.abs(before), Math.abs(after));
  };
}
