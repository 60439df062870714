import { parentPort, workerData } from "node:worker_threads";
import { changedPaths } from "../../../server/features/replays/compare-rules.ts";
import type { ReplayedEvent } from "../../../server/features/replays/replay-contract-schema.ts";
import { kafkaClient } from "../../kafka/running-kafka.ts";
import { FaultBoard } from "../fault-board.ts";
import { LiveConfig } from "../live-config.ts";
import { type RecordedEvent, readWindow } from "./read-window.ts";
import { ReplayVersion, type SideRun } from "./replay-version.ts";
import type { ReplayJob, ReplayNews } from "./running-replay.ts";

/** Sent together: small enough for one record. */
const batchBytes = 300_000;
const batchEvents = 50;
const batchMs = 500;

await replay(workerData as ReplayJob).then(
  () => say({ kind: "ended", reason: null }),
  (error: unknown) => say({ kind: "ended", reason: error instanceof Error ? error.message : String(error) }),
);

/** A thread of its own: a handler that never ends holds up nobody, and is ended from outside. */
async function replay({ brokers, folder, topic, asked, secretsKey, faults }: ReplayJob): Promise<void> {
  const { agentId, window, record } = asked;
  const board = new FaultBoard();
  board.change(faults);
  const config = await LiveConfig.open(asked.config, { agentId, key: secretsKey });
  const given = { folder, record, config, faults: board };
  const versions: Versions = {
    stable: await ReplayVersion.load(asked.stable, given),
    candidate: await ReplayVersion.load(asked.candidate, given),
  };
  const engaged = new Set([...versions.stable.eventTypes(), ...versions.candidate.eventTypes()]);
  const isChosen = (type: string) => window.eventTypes.length === 0 || window.eventTypes.includes(type);
  const { events, ...counts } = await readWindow(
    kafkaClient(brokers, "localnet-replay"),
    {
      topic,
      from: Date.parse(window.from),
      to: Date.parse(window.to),
      agentService: agentId.slice(0, agentId.indexOf(":")),
      eventTypes: new Set([...engaged].filter(isChosen)),
      maxEvents: window.maxEvents,
    },
    (read) => say({ kind: "counted", ...read }),
  );
  say({ kind: "counted", ...counts });
  await runAll(versions, events, (batch) => tell(events.length, batch));
}

type Versions = { stable: ReplayVersion; candidate: ReplayVersion };

async function runAll(
  versions: Versions,
  events: readonly RecordedEvent[],
  send: (batch: ReplayedEvent[]) => Promise<void>,
): Promise<void> {
  await send([]);
  let batch: ReplayedEvent[] = [];
  let bytes = 0;
  let sentAt = performance.now();
  for (const [seq, recorded] of events.entries()) {
    const replayed = runBoth(versions, recorded, seq);
    batch.push(replayed);
    bytes += Buffer.byteLength(JSON.stringify(replayed));
    const isFull =
      batch.length >= batchEvents || bytes >= batchBytes || performance.now() - sentAt >= batchMs;
    if (!isFull) continue;
    await send(batch);
    batch = [];
    bytes = 0;
    sentAt = performance.now();
  }
  if (batch.length > 0) await send(batch);
}

/** They take turns in going first, so that neither has the warmer machine. */
function runBoth({ stable, candidate }: Versions, recorded: RecordedEvent, seq: number): ReplayedEvent {
  const { event, at, partition, offset, bytes } = recorded;
  const surroundings = {
    at: Number.isNaN(Date.parse(event.timestamp)) ? at : Date.parse(event.timestamp),
    seed: seedOf(event.id),
  };
  const order = seq % 2 === 0 ? [stable, candidate] : [candidate, stable];
  const runs = new Map(order.map((version) => [version, version.run(event, surroundings)]));
  const [one, other] = [runs.get(stable), runs.get(candidate)];
  if (!one || !other) throw new Error("Both versions run each event.");
  return {
    seq,
    eventId: event.id,
    eventType: event.event_type,
    vaultId: event.account_id,
    vaultScope: event.context_path.workspace?.slice(0, 200) ?? "default",
    at: new Date(at).toISOString(),
    partition,
    offset,
    bytes,
    ...sidesOf(one, other),
  };
}

/** Outputs that are equal are not told: they may be anybody's, and nobody has to look at them. */
function sidesOf(stable: SideRun, candidate: SideRun): Pick<ReplayedEvent, "stable" | "candidate" | "paths"> {
  const haveFinished = stable.side.outcome === "finished" && candidate.side.outcome === "finished";
  if (haveFinished && stable.side.cid === candidate.side.cid) {
    const untold = { output: null, isCut: false };
    return { stable: { ...stable.side, ...untold }, candidate: { ...candidate.side, ...untold }, paths: [] };
  }
  const paths = haveFinished ? changedPaths(stable.whole, candidate.whole) : [];
  return { stable: stable.side, candidate: candidate.side, paths };
}

function say(news: ReplayNews): void {
  parentPort?.postMessage(news);
}

/** Resolves when it is on its way to the console. */
async function tell(total: number, events: ReplayedEvent[]): Promise<void> {
  const told = Promise.withResolvers<void>();
  parentPort?.once("message", () => told.resolve());
  say({ kind: "replayed", total, events });
  await told.promise;
}

function seedOf(text: string): number {
  let seed = 0;
  for (const letter of text) seed = (seed * 31 + letter.charCodeAt(0)) >>> 0;
  return seed;
}
