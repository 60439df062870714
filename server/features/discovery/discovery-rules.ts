const mib = 2 ** 20;
const hourMs = 3_600_000;

export const policyBounds = {
  asksPerMinute: { least: 1, most: 600 },
  maxBytes: { least: 4_096, most: 64 * mib },
  timeoutMs: { least: 1_000, most: 60_000 },
  everyMinutes: { least: 5, most: 10_080 },
  linksPerNode: { least: 1, most: 20_000 },
  linksPerBucket: { least: 0, most: 5_000_000 },
  names: { most: 20 },
} as const;

/** `fs` is where Cere's developer console keeps a bucket's files, `agents` where an agent registry begins. */
export const defaultPolicy = {
  isOn: true,
  names: ["fs", "agents"],
  everyMinutes: 60,
  asksPerMinute: 120,
  maxBytes: 4 * mib,
  timeoutMs: 10_000,
  linksPerNode: 2_000,
  linksPerBucket: 20_000,
} as const;

/** What became of reading a DAG node; each is tried again after a time of its own, or never. */
export type NodeOutcome =
  | { kind: "read"; found: number; kept: number }
  | { kind: "private" }
  | { kind: "too_large"; maxBytes: number }
  | { kind: "wrong" }
  | { kind: "no_node"; reason: string }
  | { kind: "unreachable"; detail: string };

/** When its links are to be read again; null = never: what a CID names does not change. */
export function nextReadAt(outcome: NodeOutcome, at: Date): Date | null {
  switch (outcome.kind) {
    case "read":
    case "no_node":
      return null;
    case "private":
      return new Date(at.getTime() + 24 * hourMs);
    case "too_large":
      return new Date(at.getTime() + 7 * 24 * hourMs);
    case "wrong":
    case "unreachable":
      return new Date(at.getTime() + 6 * hourMs);
  }
}

/** In a sentence, what is not known of its links; null = all are. */
export function outcomeText(outcome: NodeOutcome): string | null {
  switch (outcome.kind) {
    case "read":
      return outcome.kept < outcome.found
        ? `${outcome.kept} of its ${outcome.found} links are kept; the limit is a setting.`
        : null;
    case "private":
      return "Its bucket is not public, so no node is asked.";
    case "too_large":
      return `It is larger than the ${outcome.maxBytes} bytes that are read.`;
    case "wrong":
      return "What was served hashes to something else, so no link in it is believed.";
    case "no_node":
      return `Its bytes are no DAG node: ${outcome.reason}.`;
    case "unreachable":
      return outcome.detail;
  }
}
