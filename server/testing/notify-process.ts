import { buildVault } from "../adapters/auth/vault.ts";
import { openOutbound } from "../adapters/http/open-outbound.ts";
import { buildLogger } from "../adapters/log/build-logger.ts";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { openDatabase } from "../adapters/postgres/database.ts";
import { evaluateNetwork } from "../features/alerts/evaluate-network.ts";
import type { Signal } from "../features/alerts/signals.ts";
import { startNotify } from "../features/notify/start-notify.ts";
import type { NotifyPlan } from "../features/notify/testing/notify-child.ts";
import { repeat } from "../kernel/repeat.ts";
import type { Ctx } from "../ports/ctx.ts";
import { aDeps } from "./a-deps.ts";

// An evaluator and a sender as one process, so that a test can kill them. Time moves by a round; its plan is the argument.
const plan: NotifyPlan = JSON.parse(process.argv[2] ?? "");
const log = buildLogger({ level: "warn", base: { part: "notify" } });
const db = openDatabase({
  connectionString: plan.databaseUrl,
  maxConnections: 4,
  applicationName: "notify-child",
});
let now = await lastRoundAt();
const ctx: Ctx = {
  actor: { kind: "system", id: "test", name: "Test" },
  db,
  deps: aDeps({
    vault: buildVault(plan.secret),
    outbound: openOutbound({ allow: ["127.0.0.1"] }),
  }),
  clock: { now: () => new Date(now) },
  log,
  requestId: "test",
  address: null,
};
const notify = startNotify({ ctx, metrics: buildMetrics({}), everyMs: 5 });
const stopping = new AbortController();
const evaluating = repeat(
  { pauseMs: 5, signal: stopping.signal, onError: (error) => log.warn({ err: error }, "round failed") },
  async () => {
    now = new Date((await lastRoundAt()).getTime() + 10_000);
    await evaluateNetwork(ctx, "mainnet", signalsAt(now));
  },
);
process.on("SIGTERM", async () => {
  stopping.abort();
  await evaluating;
  await notify.stop();
  await db.close();
  process.exit(0);
});
process.on("disconnect", () => process.exit(1));
process.send?.("started");

/** All processes live in the same time. */
async function lastRoundAt(): Promise<Date> {
  const rounds = await db.sql<{ at: Date | null }>("SELECT max(at) AS at FROM alert_round");
  return rounds[0]?.at ?? new Date(plan.startsAt);
}

/** Each topic is over its limit for 4 of 16 rounds, one after another. */
function signalsAt(at: Date): Signal[] {
  const round = Math.floor(at.getTime() / 10_000);
  return Array.from({ length: plan.topics }, (_, index): Signal => {
    const isOver = !plan.isQuiet && (round + index * 3) % 16 < 4;
    const id = `topic-${index}`;
    return {
      rule: "dead-letters",
      subject: { kind: "topic", id, name: id },
      value: isOver ? 9 : 0,
      note: null,
    };
  });
}
