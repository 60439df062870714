/** `refused` also stands for every way in which a connection breaks; `blocked` = the console will not go there. */
export const probeFailures = ["refused", "timeout", "tls", "unresolved", "blocked", "invalid"] as const;
export type ProbeFailure = (typeof probeFailures)[number];

/** What a node answered to GET /info, or why it did not. */
export type ProbeResult =
  | {
      kind: "answered";
      /** From the start of the connection to the first byte of the answer. */
      latencyMs: number;
      httpStatus: number;
      /** The body, where it is a JSON object; nothing documents what it holds. */
      info: Record<string, unknown> | null;
      /** From the Date header, which has whole seconds: ± 500 ms. Positive = the node's clock is ahead. */
      clockSkewMs: number | null;
    }
  | { kind: "failed"; reason: ProbeFailure; detail: string; httpStatus?: number };

export type ProbeTarget = { host: string; domain: string | null; ssl: boolean; httpPort: number };

/**
 * Asks a registered node for `/info` (cere-ddc-sdk-js packages/ddc/src/routing/PingStrategy.ts).
 * Addresses that are not public are refused unless settings allow them, redirects are not followed, at most 64 KiB are
 * read. Rejects only when the signal aborts.
 */
export type NodeProbe = { probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeResult> };
