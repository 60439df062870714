import { setTimeout as pause } from "node:timers/promises";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { loadPolicy } from "./policy.ts";
import { type DiscoveryCtx, findDueBucket, visitBucket } from "./visit-bucket.ts";
import { findDueNode, walkNode } from "./walk-nodes.ts";

export type DiscoveryOptions = {
  ctx: DiscoveryCtx;
  election: Election;
  log: Logger;
  metrics: Metrics;
  /** While nothing is due. */
  restMs?: number;
};

type Fault = { current: { reason: string; since: Date } | null };

/** Asks for names and reads DAG nodes, one question at a time, for as long as this process is elected to. */
export function startDiscovery(options: DiscoveryOptions): Running & { health(): Health } {
  const fault: Fault = { current: null };
  const seat = options.election.whileElected({
    name: "discovery",
    work: (signal) =>
      repeat({ pauseMs: 0, signal, onError: (error) => blame(options, fault, error) }, async () => {
        const restMs = await askOnce(options, signal).catch(async (error: unknown) => {
          if (!signal.aborted) await pause(5_000, undefined, { signal }).catch(() => {});
          throw error;
        });
        fault.current = null;
        await pause(restMs, undefined, { signal }).catch(() => {});
      }),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      fault.current === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Names and links are not read: ${fault.current.reason}`,
            since: fault.current.since,
          },
  };
}

/** One bucket and one DAG node; milliseconds until the next turn. */
async function askOnce(
  { ctx, metrics, restMs = 5_000 }: DiscoveryOptions,
  signal: AbortSignal,
): Promise<number> {
  const policy = await loadPolicy(ctx.db);
  if (!policy.isOn) return restMs;
  const everyMs = 60_000 / policy.asksPerMinute;
  const asked = metrics.counter({
    name: "console_discovery_total",
    help: "Buckets asked for names and DAG nodes read, by outcome",
    labels: ["outcome"],
  });
  const bucket = await findDueBucket(ctx);
  if (bucket) {
    await visitBucket(ctx, bucket, policy);
    asked.add(1, { outcome: "bucket" });
  }
  const node = await findDueNode(ctx);
  if (node) asked.add(1, { outcome: (await walkNode(ctx, node, { policy, signal })).kind });
  if (!bucket && !node) return Math.max(restMs, everyMs);
  return bucket && node ? 2 * everyMs : everyMs;
}

/** The same fault again is not logged again. */
function blame({ log, ctx }: DiscoveryOptions, fault: Fault, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (fault.current?.reason === reason) return;
  fault.current = { reason, since: fault.current?.since ?? ctx.clock.now() };
  log.warn({ err: error }, "names and links could not be read, trying again");
}
