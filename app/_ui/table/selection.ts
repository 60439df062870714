export type Selection = ReadonlySet<string>;

export function toggleSelected(selected: Selection, key: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Shift: everything between the last one switched and this one takes the state that this one gets. */
export function selectRange(
  selected: Selection,
  keys: readonly string[],
  ends: { from: string; to: string },
): Set<string> {
  const a = keys.indexOf(ends.from);
  const b = keys.indexOf(ends.to);
  if (a < 0 || b < 0) return toggleSelected(selected, ends.to);
  const next = new Set(selected);
  const isOn = !selected.has(ends.to);
  for (const key of keys.slice(Math.min(a, b), Math.max(a, b) + 1)) {
    if (isOn) next.add(key);
    else next.delete(key);
  }
  return next;
}

export function selectionState(selected: Selection, keys: readonly string[]): "none" | "some" | "all" {
  const count = keys.filter((key) => selected.has(key)).length;
  if (count === 0) return "none";
  return count === keys.length ? "all" : "some";
}
