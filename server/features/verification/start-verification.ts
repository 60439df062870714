import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { limiter } from "../../kernel/limiter.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { ContentStore } from "../../ports/content-store.ts";
import type { Database } from "../../ports/database.ts";
import type { Election } from "../../ports/election.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Metrics } from "../../ports/metrics.ts";
import { type ContentNode, listRegisteredNodes, unsignedBucket } from "./content-nodes.ts";
import { hashContent } from "./hash-content.ts";
import { loadPolicy } from "./policy.ts";
import { samplePiece } from "./sample-pieces.ts";
import type { VerificationPolicy } from "./schema.ts";
import { storeChecks } from "./store-checks.ts";
import { flatVerdict, nextSampleAt } from "./verification-rules.ts";

export type VerificationOptions = {
  db: Database;
  contentStore: ContentStore;
  election: Election;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  tickMs?: number;
};

const keptDays = 30;
const atOnce = 4;

type Schedule = {
  policy: VerificationPolicy | null;
  nodes: readonly (ContentNode & { network: number })[];
  due: Map<number, Date>;
  turn: number;
  /** Until then the bytes that were read are paid for. */
  restUntil: number;
  fault: { reason: string; since: Date } | null;
};

/** Looks at a sample of every node's pieces, hour after hour, for as long as this process is elected to. */
export function startVerification(options: VerificationOptions): Running & { health(): Health } {
  const schedule: Schedule = {
    policy: null,
    nodes: [],
    due: new Map(),
    turn: 0,
    restUntil: 0,
    fault: null,
  };
  const seat = options.election.whileElected({
    name: "verification",
    work: (signal) => verifyInTurns(options, schedule, signal),
  });
  return {
    stop: () => seat.stop(),
    health: () =>
      schedule.fault === null
        ? { state: "ok", reason: null, since: null }
        : {
            state: "degraded",
            reason: `Pieces are not verified: ${schedule.fault.reason}`,
            since: schedule.fault.since,
          },
  };
}

async function verifyInTurns(
  options: VerificationOptions,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, tickMs = 1_000 } = options;
  const runLimited = limiter(atOnce);
  const turn = (pauseMs: number, work: () => Promise<void>) =>
    repeat({ pauseMs, signal, onError: (error) => blame(options, schedule, error) }, work);
  await Promise.all([
    turn(10 * tickMs, async () => {
      [schedule.policy, schedule.nodes] = await Promise.all([loadPolicy(db), listRegisteredNodes(db)]);
    }),
    turn(3_600 * tickMs, async () => {
      const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
      await db.sql("DELETE FROM node_verification WHERE at < $1", [before]);
    }),
    turn(tickMs, async () => {
      const due = dueNodes(schedule, clock.now());
      await Promise.all(due.map((node) => runLimited(() => verifyOne(options, schedule, { node, signal }))));
      if (due.length > 0) schedule.fault = null;
    }),
  ]);
}

/** None while the bytes of the last ones are still being paid for. A node is first looked at in its own time. */
function dueNodes(schedule: Schedule, now: Date): Schedule["nodes"] {
  const { policy, nodes, due } = schedule;
  if (!policy?.isOn || now.getTime() < schedule.restUntil) return [];
  return nodes
    .filter(({ id }) => {
      const at = due.get(id);
      if (at === undefined || at <= now) due.set(id, nextSampleAt(id, now, policy.samplesPerHour));
      return at !== undefined && at <= now;
    })
    .slice(0, 4 * atOnce);
}

async function verifyOne(
  { db, contentStore, clock, metrics }: VerificationOptions,
  schedule: Schedule,
  { node, signal }: { node: Schedule["nodes"][number]; signal: AbortSignal },
): Promise<void> {
  const { policy } = schedule;
  const at = clock.now();
  const piece = await samplePiece(db, { network: node.network, node: node.id, turn: schedule.turn++, at });
  const cid = piece && cidFromBytes(piece.cid);
  if (!policy || !piece || !cid || !isCid(cid) || signal.aborted) return;
  const ask = {
    target: node.target,
    bucket: unsignedBucket(piece.bucket),
    cid,
    token: null,
    maxBytes: policy.maxBytes,
  };
  const limit = AbortSignal.timeout(policy.timeoutMs);
  const checked = await hashContent(contentStore, ask, AbortSignal.any([signal, limit])).catch(
    (error: unknown) => {
      if (!limit.aborted || signal.aborted) throw error;
      const why = {
        kind: "unreachable",
        why: "timeout",
        detail: `No end within ${policy.timeoutMs} ms.`,
      } as const;
      return { verdict: why, bytes: 0, firstByteMs: null, totalMs: policy.timeoutMs };
    },
  );
  schedule.restUntil =
    Math.max(schedule.restUntil, at.getTime()) + Math.ceil((checked.bytes * 1_000) / policy.bytesPerSecond);
  const { verdict, ...figures } = checked;
  const flat = flatVerdict(verdict);
  await storeChecks(db, [
    { ...flat, ...figures, node: node.id, network: node.network, at, bucket: piece.bucket, cid: piece.cid },
  ]);
  countVerdict(metrics, flat.verdict);
}

function countVerdict(metrics: Metrics, verdict: string): void {
  metrics
    .counter({ name: "console_verifications_total", help: "Pieces verified by verdict", labels: ["verdict"] })
    .add(1, { verdict });
}

/** The same fault again is not logged again. */
function blame({ log, clock }: VerificationOptions, schedule: Schedule, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (schedule.fault?.reason === reason) return;
  schedule.fault = { reason, since: schedule.fault?.since ?? clock.now() };
  log.warn({ err: error }, "pieces could not be verified, trying again");
}
