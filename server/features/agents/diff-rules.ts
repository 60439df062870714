/** One field that two manifests do not have in common. Values as JSON; null = that one does not have it. */
export type FieldChange = { path: string; before: string | null; after: string | null };

/** What changed, leaf by leaf, in the order of the newer one. Items that carry an id are compared with the same id. */
export function diffManifests(before: unknown, after: unknown): FieldChange[] {
  const old = new Map(leavesOf(before, ""));
  const now = new Map(leavesOf(after, ""));
  const changes: FieldChange[] = [];
  for (const [path, value] of now) {
    const was = old.get(path) ?? null;
    if (was !== value) changes.push({ path, before: was, after: value });
  }
  for (const [path, value] of old) if (!now.has(path)) changes.push({ path, before: value, after: null });
  return changes;
}

function leavesOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, JSON.stringify(value) ?? "null"]];
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [`[${idOf(item) ?? index}]`, item])
    : Object.entries(value).map(([key, item]) => [path === "" ? key : `.${key}`, item]);
  if (parts.length === 0) return [[path, Array.isArray(value) ? "[]" : "{}"]];
  return parts.flatMap(([key, item]) => leavesOf(item, `${path}${key}`));
}

function idOf(item: unknown): string | null {
  if (typeof item !== "object" || item === null || !("id" in item)) return null;
  return typeof item.id === "string" ? item.id : null;
}
