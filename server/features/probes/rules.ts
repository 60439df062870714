import type { ProbeResult } from "../../ports/node-probe.ts";

/**
 * The software version that /info names. Its body is not documented, so only the plain spellings are believed, and
 * only text that looks like a version.
 */
export function versionOf(info: Record<string, unknown> | null): string | null {
  for (const key of ["version", "softwareVersion", "nodeVersion"]) {
    const value = info?.[key];
    if (typeof value === "string" && /^v?\d[\w.+-]{0,60}$/.test(value)) return value;
  }
  return null;
}

/** One probe, flat, as it is stored. */
export type ProbeRecord = {
  node: number;
  network: number;
  at: Date;
  kind: "answered" | "failed";
  askedBy: string | null;
  latencyMs: number | null;
  httpStatus: number | null;
  reason: string | null;
  detail: string | null;
  version: string | null;
  clockSkewMs: number | null;
};

export function toRecord(
  probed: { node: number; network: number; at: Date; askedBy: string | null },
  result: ProbeResult,
): ProbeRecord {
  if (result.kind === "failed")
    return {
      ...probed,
      kind: "failed",
      latencyMs: null,
      httpStatus: result.httpStatus ?? null,
      reason: result.reason,
      detail: result.detail,
      version: null,
      clockSkewMs: null,
    };
  return {
    ...probed,
    kind: "answered",
    latencyMs: result.latencyMs,
    httpStatus: result.httpStatus,
    reason: null,
    detail: null,
    version: versionOf(result.info),
    clockSkewMs: result.clockSkewMs,
  };
}

/**
 * Whose turn it is between two moments: every node has a second of its own in each round, by its id, so that probes
 * are spread evenly and a restart does not bunch them.
 */
export function dueNodes<Node extends { node: number }>(
  nodes: readonly Node[],
  { after, until, everyMs }: { after: Date; until: Date; everyMs: number },
): Node[] {
  const round = Math.max(1, Math.round(everyMs / 1_000));
  const first = Math.floor(after.getTime() / 1_000) + 1;
  const last = Math.floor(until.getTime() / 1_000);
  if (last - first + 1 >= round) return [...nodes];
  const seconds = new Set(
    Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) % round),
  );
  return nodes.filter(({ node }) => seconds.has(node % round));
}
