/** What one trouble explains on the same subject: whoever hears of the first need not hear of the others. */
const explains: Readonly<Record<string, readonly string[]>> = {
  "node-silent": ["node-latency", "node-failures", "node-disk-slow", "node-clock", "node-risk"],
  "node-wrong-bytes": ["node-risk"],
  "node-disk-full": ["node-disk-forecast", "node-disk-slow"],
};

/** The rule among `firing` that explains `rule`; null = it stands for itself. */
export function inhibitorOf(rule: string, firing: readonly string[]): string | null {
  return firing.find((other) => other !== rule && (explains[other] ?? []).includes(rule)) ?? null;
}
