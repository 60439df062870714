import type { Admin, ITopicConfig, ITopicMetadata } from "kafkajs";
import { withAdmin } from "./running-kafka.ts";

export type TopicPlan = {
  topic: string;
  partitions: number;
  /** Of each partition, the oldest records go first. Unlimited where not given. */
  retentionBytes?: number;
  /** Of each key the newest record stays. */
  isCompacted?: boolean;
};

const patienceMs = 120_000;

/** Creates the topics that are missing and adds partitions where there are too few; never takes any away. */
export async function createTopics(brokers: readonly string[], plans: readonly TopicPlan[]): Promise<void> {
  const deadline = Date.now() + patienceMs;
  await withAdmin(brokers, async (admin) => {
    // A busy broker may answer too late and have done it all the same: so look again, and do what is left.
    for (;;) {
      const failure = await createMissing(admin, plans).catch((error: unknown) => error);
      if (failure === undefined && (await areLed(admin, plans))) return;
      if (Date.now() > deadline)
        throw new Error(`Kafka did not create ${plans.map((plan) => plan.topic).join(", ")}.`, {
          cause: failure,
        });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
}

async function createMissing(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const topics = plans.filter((plan) => !existing.has(plan.topic)).map(toTopicConfig);
  if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false, timeout: patienceMs });
  await widen(
    admin,
    plans.filter((plan) => existing.has(plan.topic)),
  );
}

function toTopicConfig({ topic, partitions, retentionBytes, isCompacted }: TopicPlan): ITopicConfig {
  const limits = retentionBytes ? [{ name: "retention.bytes", value: String(retentionBytes) }] : [];
  const policy = isCompacted ? [{ name: "cleanup.policy", value: "compact" }] : [];
  return { topic, numPartitions: partitions, configEntries: [...limits, ...policy] };
}

async function widen(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  const partitionsOf = partitionCounts(await metadataOf(admin, plans));
  const narrow = plans.filter((plan) => (partitionsOf.get(plan.topic) ?? 0) < plan.partitions);
  if (narrow.length === 0) return;
  await admin.createPartitions({
    topicPartitions: narrow.map((plan) => ({ topic: plan.topic, count: plan.partitions })),
  });
}

/** A new topic is listed a moment before it can be written to. */
async function areLed(admin: Admin, plans: readonly TopicPlan[]): Promise<boolean> {
  const led = partitionCounts(await metadataOf(admin, plans).catch(retriableIsEmpty));
  return plans.every((plan) => (led.get(plan.topic) ?? 0) >= plan.partitions);
}

async function metadataOf(admin: Admin, plans: readonly TopicPlan[]): Promise<ITopicMetadata[]> {
  if (plans.length === 0) return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map((plan) => plan.topic) });
  return topics;
}

function retriableIsEmpty(error: unknown): ITopicMetadata[] {
  const isRetriable = typeof error === "object" && error !== null && "retriable" in error && error.retriable;
  if (isRetriable) return [];
  throw error;
}

/** Partitions that have a leader, by topic. */
function partitionCounts(topics: readonly ITopicMetadata[]): Map<string, number> {
  return new Map(
    topics.map((topic) => [topic.name, topic.partitions.filter((partition) => partition.leader >= 0).length]),
  );
}
