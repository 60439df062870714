import { type Clock, msBetween } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { networks } from "../../kernel/networks.ts";
import { repeat } from "../../kernel/repeat.ts";
import { type ChainIndex, indexerFamilies, ledgerKinds } from "../../ports/chain-index.ts";
import type { Database } from "../../ports/database.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { projectBuckets } from "./project-buckets.ts";
import { projectLedger } from "./project-ledger.ts";
import { markAbsent } from "./store.ts";
import { type SourceWatch, type Surroundings, watchSource } from "./watch-source.ts";

export type RegistryOptions = {
  db: Database;
  chainIndex: ChainIndex;
  election: Election;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  pollMs?: number;
  /** How often all buckets are gone through; they carry no mark of what changed. */
  bucketsMs?: number;
};

export type RunningRegistry = Running & { health(): Health; isElected(): boolean };

/**
 * Projects every configured indexer into the console's tables for as long as this process is elected to; the others
 * stand by. A source that fails fails alone.
 */
export function startRegistry(options: RegistryOptions): RunningRegistry {
  const faults = new Map<string, { reason: string; since: Date }>();
  const seat = options.election.whileElected({
    name: "registry",
    work: (signal) => project(options, faults, signal),
  });
  return {
    stop: () => seat.stop(),
    isElected: () => seat.isElected(),
    health: () => healthOf([...faults.values()]),
  };
}

type Faults = Map<string, { reason: string; since: Date }>;

async function project(options: RegistryOptions, faults: Faults, signal: AbortSignal): Promise<void> {
  const { db, chainIndex, clock, pollMs = 1_000 } = options;
  const around: Surroundings = { db, chainIndex, clock, known: new Map() };
  const sources = networks.flatMap((network) => indexerFamilies.map((family) => ({ network, family })));
  const absent = sources.filter(({ network, family }) => !chainIndex.has(network.name, family));
  const watches = sources
    .filter(({ network, family }) => chainIndex.has(network.name, family))
    .map(({ network, family }) => watchSource(around, network, family));
  const turn = (name: string, pauseMs: number, work: () => Promise<void>) =>
    repeat({ pauseMs, signal, onError: (error) => blame(options, faults, { name, error }) }, async () => {
      await work();
      faults.delete(name);
    });
  faults.clear();
  await Promise.all([
    turn("absent sources", 60_000, () => markAbsent(db, absent, clock.now())),
    ...watches.map((watch) => turn(nameOf(watch), pollMs, () => lookAndMeasure(options, watch, signal))),
    ...watches
      .filter(({ family }) => family === "ddc")
      .flatMap((watch) => [
        turn(`${nameOf(watch)} ledger`, pollMs, () => catchUpLedger(options, watch, signal)),
        turn(`${nameOf(watch)} buckets`, pollMs, bucketSweeper(options, watch, signal)),
      ]),
  ]);
}

async function lookAndMeasure(
  { metrics }: RegistryOptions,
  watch: SourceWatch,
  signal: AbortSignal,
): Promise<void> {
  await watch.look(signal);
  const labels = { network: watch.network.name, family: watch.family };
  const isUp = metrics.gauge({
    name: "console_indexer_up",
    help: "1 when the indexer database answers, grows and is not refused",
    labels: ["network", "family"],
  });
  const height = metrics.gauge({
    name: "console_indexer_height",
    help: "Newest block that may be read",
    labels: ["network", "family"],
  });
  isUp.set(watch.verdict()?.state === "ok" ? 1 : 0, labels);
  const readableTo = watch.readableTo();
  if (readableTo !== null) height.set(readableTo, labels);
}

async function catchUpLedger(
  options: RegistryOptions,
  watch: SourceWatch,
  signal: AbortSignal,
): Promise<void> {
  for (const kind of ledgerKinds) {
    for (let isCaughtUp = false; !isCaughtUp && !signal.aborted; ) {
      const finalizedHeight = watch.readableTo();
      if (finalizedHeight === null) return;
      const job = { network: watch.network, kind, finalizedHeight, at: options.clock.now() };
      ({ isCaughtUp } = await projectLedger(options, job, signal));
    }
  }
}

function bucketSweeper(
  options: RegistryOptions,
  watch: SourceWatch,
  signal: AbortSignal,
): () => Promise<void> {
  const { clock, bucketsMs = 60_000 } = options;
  let sweptAt: Date | null = null;
  return async () => {
    const at = clock.now();
    if (watch.readableTo() === null || (sweptAt !== null && msBetween(sweptAt, at) < bucketsMs)) return;
    await projectBuckets(options, { network: watch.network, at }, signal);
    sweptAt = at;
  };
}

/** The same fault again is not logged again. */
function blame(
  { log, clock }: RegistryOptions,
  faults: Faults,
  { name, error }: { name: string; error: unknown },
): void {
  const reason = error instanceof Error ? error.message : String(error);
  const known = faults.get(name);
  if (known?.reason === reason) return;
  faults.set(name, { reason, since: known?.since ?? clock.now() });
  log.warn({ err: error, part: name }, "registry turn failed, trying again");
}

function nameOf({ network, family }: SourceWatch): string {
  return `${network.name} ${family}`;
}

function healthOf(faults: readonly { reason: string; since: Date }[]): Health {
  const oldest = faults.toSorted((a, b) => a.since.getTime() - b.since.getTime())[0];
  return oldest
    ? {
        state: "degraded",
        reason: `The registry is not kept up to date: ${oldest.reason}`,
        since: oldest.since,
      }
    : { state: "ok", reason: null, since: null };
}
