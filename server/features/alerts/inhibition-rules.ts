/** What one trouble explains on the same subject: whoever hears of the first need not hear of the others. */
const explains: ReadonlyMap<string, readonly string[]> = new Map([
  ["node-silent", ["node-latency", "node-failures", "node-disk-slow", "node-clock", "node-risk"]],
  ["node-wrong-bytes", ["node-risk"]],
  ["node-disk-full", ["node-disk-forecast", "node-disk-slow"]],
]);

/** Rules that may explain others, and rules that may be explained. */
export const explainingRules: readonly string[] = [...explains.keys()];
export const explainableRules: readonly string[] = [...new Set([...explains.values()].flat())];

export type FiringAlert = { id: string; rule: string };

/**
 * The alert among those that fire on the same subject that explains this one, of several the first; null = it stands for
 * itself. A source explains whether or not it is silenced or acknowledged: somebody knows of it. None explains itself or
 * another of its own rule.
 */
export function inhibitorOf({ id, rule }: FiringAlert, firing: readonly FiringAlert[]): FiringAlert | null {
  return (
    firing.find(
      (other) => other.id !== id && other.rule !== rule && (explains.get(other.rule) ?? []).includes(rule),
    ) ?? null
  );
}
