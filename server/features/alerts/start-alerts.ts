import type { Health, Running } from "../../kernel/lifecycle.ts";
import { type NetworkName, networkNames } from "../../kernel/networks.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Election } from "../../ports/election.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { evaluateNetwork } from "./evaluate-network.ts";
import { aSignalMemory, readSignals } from "./read-signals.ts";
import { loadRules } from "./store.ts";

export type AlertsOptions = {
  /** The console itself, acting. */
  ctx: Ctx;
  election: Election;
  metrics: Metrics;
  everyMs?: number;
};

export type RunningAlerts = Running & { health(): Health; isElected(): boolean };

/** Evaluates the rules of every network, round after round, for as long as this process is elected to. */
export function startAlerts(options: AlertsOptions): RunningAlerts {
  const faults = new Map<NetworkName, { reason: string; since: Date }>();
  const seat = options.election.whileElected({
    name: "alerts",
    work: async (signal) => {
      await Promise.all(networkNames.map((network) => watch(options, { network, faults, signal })));
    },
  });
  return {
    stop: () => seat.stop(),
    isElected: () => seat.isElected(),
    health: () => {
      const [first] = faults;
      if (!first) return { state: "ok", reason: null, since: null };
      const [network, { reason, since }] = first;
      return { state: "degraded", reason: `Rules of ${network} are not evaluated: ${reason}`, since };
    },
  };
}

type Watched = {
  network: NetworkName;
  faults: Map<NetworkName, { reason: string; since: Date }>;
  signal: AbortSignal;
};

async function watch(
  { ctx, metrics, everyMs = 10_000 }: AlertsOptions,
  { network, faults, signal }: Watched,
) {
  const memory = aSignalMemory();
  const seconds = metrics.distribution({
    name: "console_alert_round_seconds",
    help: "Time of one round over a network's rules",
    labels: ["network"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });
  const onError = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (faults.get(network)?.reason === reason) return;
    faults.set(network, { reason, since: faults.get(network)?.since ?? ctx.clock.now() });
    ctx.log.warn({ err: error, network }, "rules could not be evaluated, trying again");
  };
  await repeat({ pauseMs: everyMs, signal, onError }, async () => {
    const startedAt = performance.now();
    const rules = await loadRules(ctx.db, network);
    await evaluateNetwork(ctx, network, await readSignals(ctx, { network, rules, memory }));
    seconds.observe((performance.now() - startedAt) / 1_000, { network });
    faults.delete(network);
  });
}
