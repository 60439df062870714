import type { JWK } from "jose";
import { type Consumer, type EachBatchPayload, type Kafka, Partitioners, type Producer } from "kafkajs";
import {
  type AgentStatus,
  agentEventSchema,
  desiredStateSchema,
} from "../../server/features/deployments/desired-state-schema.ts";
import type { AgentFault } from "../faults/fault.ts";
import { kafkaClient } from "../kafka/running-kafka.ts";
import { networkPlans } from "../network/plan.ts";
import { anEvent } from "./event-source.ts";
import { FaultBoard } from "./fault-board.ts";
import { LineageTeller } from "./lineage-teller.ts";
import { readRequests } from "./replay/read-requests.ts";
import { ReplayDesk } from "./replay/replay-desk.ts";
import { type InstancePlace, RuntimeInstance } from "./runtime-instance.ts";

/** `lineage`: OpenLineage events of mainnet, whose contents events name. Without `replays` none are run. */
export type RuntimeTopics = {
  desired: string;
  events: string;
  status: string;
  lineage?: string;
  replays?: { requests: string; results: string };
};
export type RuntimePlan = {
  brokers: readonly string[];
  /** The folder of the console's object store. */
  objects: string;
  topics: RuntimeTopics;
  instances: readonly InstancePlace[];
  /** By environment, the private key that opens its secrets. */
  secretsKeys: Readonly<Record<InstancePlace["environment"], JWK>> | null;
  /** For each agent service that has something deployed; 0 = events come from elsewhere. */
  eventsPerSecond: number;
  /** Before the names of consumer groups. */
  group: string;
  /** What is wrong on purpose from the start. */
  faults?: readonly AgentFault[];
};
export type StartedRuntime = { change(faults: readonly AgentFault[]): void; stop(): Promise<void> };

export const usualInstances: readonly InstancePlace[] = [
  { instance: "dev-1", region: "eu-central", environment: "dev" },
  { instance: "staging-1", region: "eu-central", environment: "staging" },
  { instance: "prod-1", region: "eu-central", environment: "prod" },
  { instance: "prod-2", region: "us-east", environment: "prod" },
  { instance: "prod-3", region: "ap-southeast", environment: "prod" },
];
export const usualTopics = {
  desired: "cef.agents.desired",
  events: "cef.events",
  status: "cef.agents.status",
  lineage: networkPlans.mainnet.topics.lineage,
  replays: { requests: "cef.agents.replay-requests", results: "cef.agents.replays" },
} satisfies RuntimeTopics;

/** Events come drop by drop: each fetch for a few of them would cost more than handling them. */
const patientFetch = { minBytes: 65_536, maxWaitTimeInMs: 500 };
const heartbeatMs = 3_000;
const sendMs = 100;
const beatsPerSecond = 10;

/** Reads what to run and the events for it from Kafka, runs them, and says so there: the console knows it by Kafka only. */
export async function startRuntime(plan: RuntimePlan): Promise<StartedRuntime> {
  const kafka = kafkaClient(plan.brokers, `localnet-runtime-${plan.group}`);
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, idempotent: false });
  await producer.connect();
  const outbox = new StatusOutbox(producer, plan.topics.status);
  const lineage = new LineageTeller(producer, plan.topics.lineage ?? null);
  const faults = new FaultBoard();
  let wrong = plan.faults ?? [];
  faults.change(wrong);
  const say = (status: AgentStatus) => {
    outbox.add(status);
    lineage.add(status);
  };
  const instances = plan.instances.map(
    (place) =>
      new RuntimeInstance(place, {
        folder: plan.objects,
        secretsKey: plan.secretsKeys?.[place.environment] ?? null,
        faults,
        say,
      }),
  );
  const desired = await readDesired(kafka, { plan, instances });
  const readers = await Promise.all(
    instances.map((instance) => readEvents(kafka, { plan, instance, outbox })),
  );
  const desk = openDesk(producer, plan, () => wrong);
  const requests =
    desk && plan.topics.replays
      ? await readRequests(kafka, { topic: plan.topics.replays.requests, group: plan.group, desk })
      : null;
  const timers = [
    setInterval(() => void outbox.send().catch(() => {}), sendMs),
    setInterval(() => void lineage.send().catch(() => {}), 1_000),
    setInterval(() => {
      for (const instance of instances) instance.heartbeat();
    }, heartbeatMs),
    setInterval(() => void makeEvents(producer, { plan, instances }).catch(() => {}), 1_000 / beatsPerSecond),
  ];
  return {
    change: (changed) => {
      wrong = changed;
      faults.change(changed);
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all([desired, requests, ...readers].map((consumer) => consumer?.disconnect()));
      await desk?.stop();
      await outbox.send().catch(() => {});
      await producer.disconnect();
    },
  };
}

function openDesk(
  producer: Producer,
  plan: RuntimePlan,
  faults: () => readonly AgentFault[],
): ReplayDesk | null {
  const { brokers, objects, topics, instances, secretsKeys } = plan;
  if (!topics.replays) return null;
  return new ReplayDesk({
    brokers,
    folder: objects,
    topics: { events: topics.events, results: topics.replays.results },
    producer,
    instances,
    secretsKeyOf: (environment) => secretsKeys?.[environment] ?? null,
    faults,
  });
}

/** Statuses in the order in which they were said; what Kafka did not take is sent again. */
class StatusOutbox {
  private waiting: AgentStatus[] = [];
  private sending: Promise<void> = Promise.resolve();
  private readonly producer: Producer;
  private readonly topic: string;

  constructor(producer: Producer, topic: string) {
    this.producer = producer;
    this.topic = topic;
  }

  add(status: AgentStatus): void {
    this.waiting.push(status);
  }

  /** Resolves when everything that was said before is stored. */
  send(): Promise<void> {
    this.sending = this.sending.catch(() => {}).then(() => this.sendWaiting());
    return this.sending;
  }

  private async sendWaiting(): Promise<void> {
    const statuses = this.waiting;
    if (statuses.length === 0) return;
    this.waiting = [];
    const messages = statuses.map((status) => ({ key: status.data.agentId, value: JSON.stringify(status) }));
    try {
      await this.producer.send({ topic: this.topic, acks: -1, messages });
    } catch (error) {
      this.waiting = [...statuses, ...this.waiting];
      throw error;
    }
  }
}

type Around = { plan: RuntimePlan; instances: readonly RuntimeInstance[] };

/** Everything that is desired, from the start of the compacted topic. Resolves when what stood there runs. */
async function readDesired(kafka: Kafka, { plan, instances }: Around): Promise<Consumer> {
  const { desired } = plan.topics;
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(desired).finally(() => admin.disconnect());
  const left = new Map(
    ends.flatMap(({ partition, low, high }) => (low === high ? [] : [[partition, Number(high)]])),
  );
  const ready = Promise.withResolvers<void>();
  if (left.size === 0) ready.resolve();
  const consumer = kafka.consumer({ groupId: `${plan.group}-desired-${Date.now()}`, maxWaitTimeInMs: 1_000 });
  await consumer.connect();
  await consumer.subscribe({ topic: desired, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      const state = desiredStateSchema.safeParse(parseJson(message.value));
      if (state.success) {
        const { data } = state.data;
        const concerned = instances.filter(({ place }) => place.environment === data.environment);
        await Promise.all(concerned.map((instance) => instance.take(data)));
      }
      if (Number(message.offset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
      if (left.size === 0) ready.resolve();
    },
  });
  await ready.promise;
  return consumer;
}

type Reader = { plan: RuntimePlan; instance: RuntimeInstance; outbox: StatusOutbox };

/** An environment's instances share its events. Offsets follow once what was done is said. */
async function readEvents(kafka: Kafka, { plan, instance, outbox }: Reader): Promise<Consumer> {
  const groupId = `${plan.group}-${instance.place.environment}`;
  const consumer = kafka.consumer({ groupId, ...patientFetch, sessionTimeout: 30_000 });
  await consumer.connect();
  await consumer.subscribe({ topic: plan.topics.events, fromBeginning: false });
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommit: true,
    eachBatch: (payload) => handleBatch(payload, { instance, outbox }),
  });
  return consumer;
}

const turnMs = 20;

async function handleBatch(
  { batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload,
  { instance, outbox }: Pick<Reader, "instance" | "outbox">,
): Promise<void> {
  let turnAt = performance.now();
  let last: string | null = null;
  for (const message of batch.messages) {
    if (!isRunning() || isStale()) break;
    const event = agentEventSchema.safeParse(parseJson(message.value));
    if (event.success) instance.handle(event.data);
    last = message.offset;
    if (performance.now() - turnAt < turnMs) continue;
    // What is desired, and the broker, must be heard in between.
    await new Promise((resolve) => setImmediate(resolve));
    await heartbeat();
    turnAt = performance.now();
  }
  await outbox.send();
  if (last !== null) resolveOffset(last);
}

async function makeEvents(producer: Producer, { plan, instances }: Around): Promise<void> {
  // Agents of one service share its events.
  const served = Map.groupBy(
    instances.flatMap((instance) => instance.served()),
    ({ agentService }) => agentService,
  );
  const count = plan.eventsPerSecond / beatsPerSecond;
  const messages = [...served].flatMap(([agentService, agents]) => {
    const events = [...new Set(agents.flatMap((agent) => agent.events))];
    return Array.from({ length: events.length === 0 ? 0 : count }, () => {
      const event = anEvent(agentService, events[Math.floor(Math.random() * events.length)] ?? "");
      return { key: event.account_id, value: JSON.stringify(event) };
    });
  });
  if (messages.length > 0) await producer.send({ topic: plan.topics.events, acks: 1, messages });
}

function parseJson(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString("utf8") ?? "null");
  } catch {
    return null;
  }
}
