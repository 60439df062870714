import type { Clock } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { limiter } from "../../kernel/limiter.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Database } from "../../ports/database.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { NodeProbe } from "../../ports/node-probe.ts";
import { keepPartitions } from "./keep-partitions.ts";
import { dueNodes, type ProbeRecord, toRecord } from "./rules.ts";
import { probeEveryMs } from "./schema.ts";
import { listSubjects, type ProbeSubject, storeProbes } from "./store.ts";

export type ProbesOptions = {
  db: Database;
  nodeProbe: NodeProbe;
  election: Election;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  everyMs?: number;
  tickMs?: number;
  /** Probes that are under way at once; when nodes hang, rounds take longer instead of more sockets. */
  concurrency?: number;
};

export type RunningProbes = Running & { health(): Health; isElected(): boolean };

/** Asks every registered node for /info, round after round, for as long as this process is elected to. */
export function startProbes(options: ProbesOptions): RunningProbes {
  const fault: { current: { reason: string; since: Date } | null } = { current: null };
  const seat = options.election.whileElected({
    name: "probes",
    work: (signal) => probeInRounds(options, fault, signal),
  });
  return {
    stop: () => seat.stop(),
    isElected: () => seat.isElected(),
    health: () =>
      fault.current === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Probes are not stored: ${fault.current.reason}`,
            since: fault.current.since,
          },
  };
}

type Fault = { current: { reason: string; since: Date } | null };
type Round = { subjects: ProbeSubject[]; underWay: Set<number>; done: ProbeRecord[]; lookedAt: Date };

async function probeInRounds(options: ProbesOptions, fault: Fault, signal: AbortSignal): Promise<void> {
  const { db, clock, tickMs = 1_000 } = options;
  const round: Round = { subjects: [], underWay: new Set(), done: [], lookedAt: clock.now() };
  const runLimited = limiter(options.concurrency ?? 128);
  const turn = (pauseMs: number, work: () => Promise<void>) =>
    repeat({ pauseMs, signal, onError: (error) => blame(options, fault, error) }, work);
  await keepPartitions(db, clock.now());
  await Promise.all([
    turn(5 * tickMs, async () => {
      round.subjects = await listSubjects(db.sql);
    }),
    turn(3_600 * tickMs, () => keepPartitions(db, clock.now())),
    turn(tickMs, async () => startDue(options, round, (work) => runLimited(work), signal)),
    turn(tickMs, () => storeDone(options, round, fault)),
  ]);
}

type RunLimited = (work: () => Promise<void>) => Promise<void>;

function startDue(options: ProbesOptions, round: Round, runLimited: RunLimited, signal: AbortSignal): void {
  const until = options.clock.now();
  const due = dueNodes(round.subjects, {
    after: round.lookedAt,
    until,
    everyMs: options.everyMs ?? probeEveryMs,
  });
  round.lookedAt = until;
  for (const subject of due) {
    if (round.underWay.has(subject.node)) continue;
    round.underWay.add(subject.node);
    void runLimited(() => probeOne(options, round, { subject, signal }));
  }
}

async function probeOne(
  { nodeProbe, clock, log }: ProbesOptions,
  round: Round,
  { subject, signal }: { subject: ProbeSubject; signal: AbortSignal },
): Promise<void> {
  const { node, network, key, target } = subject;
  try {
    signal.throwIfAborted();
    const at = clock.now();
    const result = await nodeProbe.probe(target, signal);
    round.done.push(toRecord({ node, network, at, askedBy: null }, result));
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, node: key }, "a probe failed in the console itself");
  } finally {
    round.underWay.delete(node);
  }
}

async function storeDone({ db, metrics }: ProbesOptions, round: Round, fault: Fault): Promise<void> {
  const records = round.done.splice(0);
  await storeProbes((text, values) => db.sql(text, values), records);
  fault.current = null;
  const asked = metrics.counter({
    name: "console_probes_total",
    help: "Probes of GET /info by outcome",
    labels: ["outcome"],
  });
  for (const { reason } of records) asked.add(1, { outcome: reason ?? "answered" });
}

/** The same fault again is not logged again. */
function blame({ log, clock }: ProbesOptions, fault: Fault, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (fault.current?.reason === reason) return;
  fault.current = { reason, since: fault.current?.since ?? clock.now() };
  log.warn({ err: error }, "probes could not be kept, trying again");
}
