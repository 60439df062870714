import { setTimeout as pause } from "node:timers/promises";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { gatherDeliveries } from "./gather-deliveries.ts";
import { sendDelivery } from "./send-delivery.ts";

export type NotifyOptions = { ctx: Ctx; metrics: Metrics; everyMs?: number };

const atOnce = 8;
/** How long attempts that are under way may take when the process stops. */
const stopMs = 3_000;

/**
 * Sends what the outbox holds. Any number of processes may do it at once: a message is claimed, and what somebody who died
 * had claimed is taken up when the claim has run out.
 */
export function startNotify({ ctx, metrics, everyMs = 500 }: NotifyOptions): Running & { health(): Health } {
  const stopping = new AbortController();
  const sending = new AbortController();
  let fault: { reason: string; since: Date } | null = null;
  const attempts = metrics.counter({
    name: "console_notification_attempts_total",
    help: "Attempts to tell a receiver",
    labels: ["outcome"],
  });
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    fault = { reason, since: fault?.since ?? ctx.clock.now() };
    ctx.log.warn({ err: error }, "notifications could not be looked after, trying again");
  };
  const done = repeat({ pauseMs: everyMs, signal: stopping.signal, onError }, async () => {
    await gatherDeliveries(ctx);
    const claimed = await claimDeliveries(ctx, atOnce);
    const results = await Promise.all(claimed.map((delivery) => sendDelivery(ctx, delivery, sending.signal)));
    for (const { isTaken } of results) attempts.add(1, { outcome: isTaken ? "taken" : "refused" });
    fault = null;
  });
  return {
    health: () => ({
      state: fault ? "degraded" : "ok",
      reason: fault && `Notifications are not sent: ${fault.reason}`,
      since: fault?.since ?? null,
    }),
    stop: async () => {
      stopping.abort();
      await Promise.race([done, pause(stopMs)]);
      sending.abort();
      await done;
    },
  };
}
