import type { Admin } from "kafkajs";
import { withAdmin } from "./running-kafka.ts";

export type TopicPlan = { topic: string; partitions: number };

/** Creates the topics that are missing and adds partitions where there are too few; never takes any away. */
export async function createTopics(brokers: readonly string[], plans: readonly TopicPlan[]): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = plans.filter((plan) => !existing.has(plan.topic));
    if (missing.length > 0) {
      const topics = missing.map((plan) => ({ topic: plan.topic, numPartitions: plan.partitions }));
      await admin.createTopics({ topics, waitForLeaders: true });
    }
    await widen(
      admin,
      plans.filter((plan) => existing.has(plan.topic)),
    );
  });
}

async function widen(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map((plan) => plan.topic) });
  const partitionsOf = new Map(topics.map((topic) => [topic.name, topic.partitions.length]));
  const narrow = plans.filter((plan) => (partitionsOf.get(plan.topic) ?? 0) < plan.partitions);
  if (narrow.length === 0) return;
  await admin.createPartitions({
    topicPartitions: narrow.map((plan) => ({ topic: plan.topic, count: plan.partitions })),
  });
}
