/** What differs between two revisions, a line each: "limit 0.9 → 0.8". A field that is only in one is added or gone. */
export function diffOf(before: object | null, after: object): string[] {
  const [old, now] = [flat(before ?? {}), flat(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`${name} ${is}`];
    return [is === undefined ? `${name} ${was} is gone` : `${name} ${was} → ${is}`];
  });
}

function flat(value: object, prefix = ""): Map<string, string> {
  const entries = Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    return typeof inner === "object" && inner !== null ? [...flat(inner, path)] : [[path, String(inner)]];
  });
  return new Map(entries);
}
