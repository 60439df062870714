import type { JWK } from "jose";
import type { Producer } from "kafkajs";
import {
  type ReplayAsked,
  type ReplayRequest,
  replayRequestTypes,
} from "../../../server/features/replays/replay-contract-schema.ts";
import type { AgentFault } from "../../faults/fault.ts";
import type { InstancePlace } from "../runtime-instance.ts";
import { RunningReplay } from "./running-replay.ts";

export type ReplayDeskOptions = {
  brokers: readonly string[];
  /** Of the object store. */
  folder: string;
  topics: { events: string; results: string };
  producer: Producer;
  instances: readonly InstancePlace[];
  secretsKeyOf(environment: InstancePlace["environment"]): JWK | null;
  faults(): readonly AgentFault[];
};

/** Each keeps a processor busy that live events need too. */
const mostAtOnce = 2;

/** Takes requests for replays that name one of this runtime's instances. */
export class ReplayDesk {
  private readonly options: ReplayDeskOptions;
  private readonly running = new Map<string, RunningReplay>();

  constructor(options: ReplayDeskOptions) {
    this.options = options;
  }

  take({ type, data }: ReplayRequest): void {
    if (type === replayRequestTypes.cancelled) void this.running.get(data.replay)?.end("cancelled");
    else if (this.isMine(data) && Date.parse(data.acceptBy) > Date.now()) this.start(data);
  }

  async stop(): Promise<void> {
    const ended = [...this.running.values()].map((replay) =>
      replay.end("failed", "The runtime was stopped."),
    );
    await Promise.all(ended);
  }

  private isMine({ replay, instance, environment }: ReplayAsked): boolean {
    if (this.running.has(replay)) return false;
    return this.options.instances.some(
      (place) => place.instance === instance && place.environment === environment,
    );
  }

  private start(asked: ReplayAsked): void {
    const { brokers, folder, topics, producer, secretsKeyOf, faults } = this.options;
    const replay = new RunningReplay(asked, { producer, topic: topics.results });
    if (this.running.size >= mostAtOnce) {
      void replay.end(
        "failed",
        `This runtime runs ${mostAtOnce} replays already. Try again when one has ended.`,
      );
      return;
    }
    this.running.set(asked.replay, replay);
    void replay.ended.then(() => this.running.delete(asked.replay));
    replay.begin({
      brokers,
      folder,
      topic: topics.events,
      asked,
      secretsKey: secretsKeyOf(asked.environment),
      faults: faults(),
    });
  }
}
