import { type Admin, Kafka, logLevel } from "kafkajs";
import type { Exit } from "../processes/child.ts";

export type RunningKafka = {
  brokers: string[];
  exited: Promise<Exit>;
  /** Orderly: everything that was acknowledged is on disk. */
  stop(): Promise<void>;
  /** As a crash. The next start recovers. */
  kill(): Promise<void>;
  /** The broker keeps its connections and answers nobody. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
};

/** A client that waits for a broker which is still starting, and says nothing while it does. */
export function kafkaClient(brokers: readonly string[], clientId: string): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 30 },
  });
}

export async function withAdmin<Result>(
  brokers: readonly string[],
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = kafkaClient(brokers, "cere-localnet-admin").admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Does a broker answer a real request there within a second or so? */
export async function brokerAnswers(brokers: readonly string[]): Promise<boolean> {
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId: "cere-localnet-probe",
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    return cluster.brokers.length > 0;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
