import type { Admin, ITopicConfig, ITopicMetadata } from "kafkajs";
import { withAdmin } from "./running-kafka.ts";

export type TopicPlan = {
  topic: string;
  partitions: number;
  /** Of each partition, the oldest records go first. Unlimited where not given. */
  retentionBytes?: number;
};

const leadersMs = 30_000;

/** Creates the topics that are missing and adds partitions where there are too few; never takes any away. */
export async function createTopics(brokers: readonly string[], plans: readonly TopicPlan[]): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = plans.filter((plan) => !existing.has(plan.topic));
    const topics = missing.map(toTopicConfig);
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: false });
    const kept = plans.filter((plan) => existing.has(plan.topic));
    await widen(admin, kept);
    await waitForLeaders(admin, plans);
  });
}

function toTopicConfig({ topic, partitions, retentionBytes }: TopicPlan): ITopicConfig {
  const limits = retentionBytes ? [{ name: "retention.bytes", value: String(retentionBytes) }] : [];
  return { topic, numPartitions: partitions, configEntries: limits };
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
async function waitForLeaders(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  const deadline = Date.now() + leadersMs;
  for (;;) {
    const led = partitionCounts(await metadataOf(admin, plans).catch(retriableIsEmpty));
    if (plans.every((plan) => (led.get(plan.topic) ?? 0) >= plan.partitions)) return;
    if (Date.now() > deadline)
      throw new Error(
        `Kafka gave no leader to the partitions of ${plans.map((plan) => plan.topic).join(", ")}.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
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
