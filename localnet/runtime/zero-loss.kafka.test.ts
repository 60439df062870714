import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { manifestSchema } from "../../server/features/agents/manifest-schema.ts";
import {
  type AgentStatus,
  type DesiredState,
  desiredType,
  statusTypes,
} from "../../server/features/deployments/desired-state-schema.ts";
import { recordSchema } from "../../server/features/deployments/schema.ts";
import { testBroker } from "../../server/testing/kafka.ts";
import { pieceId, textOf } from "../content/content-id.ts";
import { anEvent } from "./event-source.ts";
import { startRuntime } from "./runtime.ts";

const agentService = "ab".repeat(32);
const agentId = `${agentService}:summarizer`;
const cids = ["a", "b"].map((letter) => `baear4i${letter.repeat(52)}`);
const instances = ["i1", "i2"].map((instance) => ({ instance, region: "eu", environment: "dev" as const }));
const patience = { timeout: 60_000, interval: 50 };

it("handles every event exactly once, by one version, while SETs and configurations change", async () => {
  await using broker = await testBroker();
  const folder = await mkdtemp(join(tmpdir(), "console-runtime-"));
  const topics = {
    desired: await broker.createTopic("desired"),
    events: await broker.createTopic("events", { partitions: 4 }),
    status: await broker.createTopic("status"),
  };
  const versions = await storeVersions(folder);
  const plan = { brokers: broker.brokers, objects: folder, topics, instances, secretsKeys: null };
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const runtime = await startRuntime({ ...plan, eventsPerSecond: 0, group: broker.groupId("runtime") });
  stack.defer(() => runtime.stop());
  const said: AgentStatus[] = [];
  const reader = broker.kafka.consumer({ groupId: broker.groupId("reader") });
  stack.defer(() => reader.disconnect());
  await reader.connect();
  await reader.subscribe({ topic: topics.status, fromBeginning: true });
  await reader.run({
    eachMessage: async ({ message }) => void said.push(JSON.parse(String(message.value))),
  });
  const tell = (generation: number, revision: number) =>
    broker.producer.send({
      topic: topics.desired,
      messages: [{ key: `dev/${agentId}`, value: JSON.stringify(desired(versions, generation, revision)) }],
    });
  const acknowledged = (type: AgentStatus["type"]) =>
    said.filter((status) => status.type === type && !("fault" in status.data && status.data.fault)).length;
  await tell(1, 0);
  await vi.waitUntil(() => acknowledged(statusTypes.acknowledged) === 2, patience);
  const send = async (count: number) => {
    const events = Array.from({ length: count }, () => anEvent(agentService, "meeting.ended"));
    const messages = events.map((event) => ({ key: event.account_id, value: JSON.stringify(event) }));
    await broker.producer.send({ topic: topics.events, messages });
    return events.map(({ id }) => id);
  };
  const jobs = () => said.flatMap(({ data }) => ("eventId" in data ? [data.eventId] : []));
  // A group without a position begins at the end: what comes before each partition was read does not count.
  await vi.waitUntil(async () => {
    const trial = await send(40);
    return vi
      .waitUntil(() => trial.every((id) => jobs().includes(id)), { timeout: 3_000 })
      .catch(() => false);
  }, patience);

  const written: string[] = [];
  for (let change = 1; change <= 10; change++) {
    written.push(...(await send(60)));
    await tell(1 + change, change);
    written.push(...(await send(60)));
  }
  await vi.waitUntil(() => acknowledged(statusTypes.configAcknowledged) === 20, patience);
  await vi.waitUntil(() => written.every((id) => jobs().includes(id)), patience);
  const times = Map.groupBy(jobs(), (id) => id);
  expect(written.filter((id) => times.get(id)?.length !== 1)).toEqual([]);
  expect(acknowledged(statusTypes.failed)).toBe(0);
  const handledBy = new Set(said.flatMap(({ data }) => ("eventId" in data ? [data.version] : [])));
  expect([...handledBy].sort()).toEqual(cids);
});

/** Two versions whose bundles lie in the store under their CIDs. */
async function storeVersions(folder: string): Promise<DesiredState["data"]["versions"]> {
  const pieces = join(folder, "objects", "pieces");
  await mkdir(pieces, { recursive: true });
  const stored = cids.map(async (cid, index) => {
    const bundle = Buffer.from(
      `export const handle = (event) => ({ by: ${index}, set: event.settings.words });`,
    );
    const bundleCid = textOf(pieceId(bundle));
    await writeFile(join(pieces, bundleCid), bundle);
    const manifest = manifestSchema.parse({
      alias: "summarizer",
      version: `1.${index}.0`,
      engagements: [{ id: "e", event: "meeting.ended", handler: "handle" }],
      settings: { words: { type: "integer", default: 8 } },
    });
    return [cid, { bundleCid, semver: manifest.version, manifest }] as const;
  });
  return Object.fromEntries(await Promise.all(stored));
}

/** Odd generations give everything to the first version, even ones half of it to the second. */
function desired(
  versions: DesiredState["data"]["versions"],
  generation: number,
  revision: number,
): DesiredState {
  const [stable = "", candidate = ""] = cids;
  const record = (parts: object) =>
    recordSchema.parse({ priority: 100, targeting: "", weight: 1, enabled: true, ...parts });
  const records = [
    record({ name: "default", version: stable }),
    ...(generation % 2 === 0 ? [record({ name: "canary", targeting: "true", version: candidate })] : []),
  ];
  return {
    specversion: "1.0",
    id: `desired ${generation}`,
    source: "/test",
    type: desiredType,
    subject: `dev/${agentId}`,
    time: new Date().toISOString(),
    data: {
      agentId,
      environment: "dev",
      generation,
      records,
      versions,
      config: { revision, settings: { words: revision }, secrets: {} },
    },
  };
}
