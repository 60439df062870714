import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { JWK } from "jose";
import type { Producer } from "kafkajs";
import {
  type ReplayAsked,
  type ReplayedEvent,
  type ReplayResult,
  replayResultTypes,
} from "../../../server/features/replays/replay-contract-schema.ts";
import type { AgentFault } from "../../faults/fault.ts";

/** What the thread of a replay is given. */
export type ReplayJob = {
  brokers: readonly string[];
  folder: string;
  /** The event topic. */
  topic: string;
  asked: ReplayAsked;
  secretsKey: JWK | null;
  faults: readonly AgentFault[];
};
/** What that thread says; after `replayed` it waits until its news is on its way. */
export type ReplayNews =
  | { kind: "counted"; scanned: number; matched: number }
  | { kind: "replayed"; total: number; events: ReplayedEvent[] }
  | { kind: "ended"; reason: string | null };

type Outcome = Extract<ReplayResult, { type: typeof replayResultTypes.ended }>["data"]["outcome"];
type Road = { producer: Producer; topic: string };

const heartbeatMs = 3_000;
const reasonChars = 1_000;
const heapMiB = 512;
const workerFile = new URL("replay-worker.ts", import.meta.url);

/** One replay: its thread, its clock, and its words to the console, which follow each other. */
export class RunningReplay {
  /** Resolves when its last word is said, or cannot be. */
  readonly ended: Promise<void>;
  private readonly asked: ReplayAsked;
  private readonly road: Road;
  private readonly last = Promise.withResolvers<void>();
  private readonly counts: { scanned: number; matched: number; total: number | null } = {
    scanned: 0,
    matched: 0,
    total: null,
  };
  private worker: Worker | null = null;
  private timers: NodeJS.Timeout[] = [];
  private sending: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(asked: ReplayAsked, road: Road) {
    this.asked = asked;
    this.road = road;
    this.ended = this.last.promise;
  }

  begin(job: ReplayJob): void {
    const worker = new Worker(workerFile, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
    });
    this.worker = worker;
    worker.on("message", (news: ReplayNews) => this.hear(news));
    worker.on("error", (error) => void this.end("failed", messageOf(error)));
    worker.on("exit", () => void this.end("failed", "The thread of the replay ended before its work."));
    const leftMs = Math.max(0, Date.parse(this.asked.deadline) - Date.now());
    this.timers = [
      setTimeout(() => void this.end("expired"), leftMs),
      setInterval(() => void this.progress([]), heartbeatMs),
    ];
    void this.send({ ...envelope(this.asked), type: replayResultTypes.accepted, data: placeOf(this.asked) });
  }

  /** The first end counts. A thread that computes for ever is stopped in the middle of it. */
  async end(outcome: Outcome, reason: string | null = null): Promise<void> {
    if (this.isOver) return this.ended;
    this.isOver = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.worker?.terminate();
    const data = {
      ...placeOf(this.asked),
      ...this.counts,
      outcome,
      reason: reason?.slice(0, reasonChars) ?? null,
    };
    await this.send({ ...envelope(this.asked), type: replayResultTypes.ended, data });
    this.last.resolve();
  }

  private hear(news: ReplayNews): void {
    if (this.isOver) return;
    if (news.kind === "counted") {
      this.counts.scanned = news.scanned;
      this.counts.matched = news.matched;
    } else if (news.kind === "replayed") {
      this.counts.total = news.total;
      void this.progress(news.events).then(() => this.worker?.postMessage("told"));
    } else void this.end(news.reason === null ? "finished" : "failed", news.reason);
  }

  private progress(events: ReplayedEvent[]): Promise<void> {
    const data = { ...placeOf(this.asked), ...this.counts, events };
    return this.send({ ...envelope(this.asked), type: replayResultTypes.progress, data });
  }

  /** What Kafka does not take in the end is lost: the console sees that nothing comes, and calls the replay failed. */
  private send(result: ReplayResult): Promise<void> {
    const { producer, topic } = this.road;
    const messages = [{ key: this.asked.replay, value: JSON.stringify(result) }];
    this.sending = this.sending
      .then(() => producer.send({ topic, acks: -1, messages }))
      .then(
        () => {},
        () => {},
      );
    return this.sending;
  }
}

function placeOf({ replay, agentId, environment, instance }: ReplayAsked) {
  return { replay, agentId, environment, instance };
}

function envelope({ instance }: ReplayAsked) {
  return {
    specversion: "1.0" as const,
    id: randomUUID(),
    source: `/runtime/${instance}`,
    time: new Date().toISOString(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
