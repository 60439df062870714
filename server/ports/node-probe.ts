/** What a node answered to GET /info, or why it did not. */
export type ProbeResult =
  | {
      kind: "answered";
      latencyMs: number;
      httpStatus: number;
      info: Record<string, unknown> | null;
      clockSkewMs: number | null;
    }
  | {
      kind: "failed";
      reason: "refused" | "timeout" | "tls" | "unresolved" | "blocked" | "invalid";
      detail: string;
    };

export type ProbeTarget = { host: string; domain: string | null; ssl: boolean; httpPort: number };

/**
 * Asks a registered node for `/info` (cere-ddc-sdk-js packages/ddc/src/routing/PingStrategy.ts).
 * The adapter refuses addresses that are not public unless settings allow them, and reads at most 64 KiB.
 */
export type NodeProbe = { probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeResult> };
