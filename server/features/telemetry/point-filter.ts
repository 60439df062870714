import type { OtlpAttributes, OtlpPoint } from "./otlp-metrics.ts";

export type PointFilter = Readonly<Record<string, readonly string[]>> | undefined;

/** Newer semantic conventions gave some attributes longer names. */
const longerNames: Readonly<Record<string, readonly string[]>> = {
  state: ["cpu.mode", "system.memory.state", "system.filesystem.state"],
  direction: ["network.io.direction", "disk.io.direction"],
  device: ["network.interface.name", "system.device"],
  cpu: ["cpu.logical_number"],
};
const anything = "*";

/** An attribute by its short name or one of its longer ones, as text; null where there is none. */
export function attributeOf(attributes: OtlpAttributes, name: string): string | null {
  const found = [name, ...(longerNames[name] ?? [])].find((candidate) => attributes[candidate] != null);
  return found === undefined ? null : String(attributes[found]);
}

/** Points that have one of the values of every attribute in `where`, and of none in `except`. `*` is any value. */
export function filterPoints(
  points: readonly OtlpPoint[],
  { where, except }: { where?: PointFilter; except?: PointFilter },
): OtlpPoint[] {
  return points.filter(({ attributes }) => {
    const has = ([name, values]: readonly [string, readonly string[]]) => {
      const value = attributeOf(attributes, name);
      return value !== null && (values.includes(value) || values.includes(anything));
    };
    return Object.entries(where ?? {}).every(has) && !Object.entries(except ?? {}).some(has);
  });
}
