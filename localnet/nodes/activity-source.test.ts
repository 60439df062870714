import { expect, it } from "vitest";
import { activityEncoding, decodeActivity } from "../../server/features/activity/decode-activity.ts";
import { activityLimits } from "../../server/features/activity/rules.ts";
import { activityRecordSchema } from "../../server/features/activity/schema.ts";
import { type ReadRecord, readBatch } from "../kafka/read-batch.ts";
import { localNetwork } from "../network/local-network.ts";
import { ActivitySource, type ActivitySourceOptions } from "./activity-source.ts";
import { undisturbed } from "./disturbance.ts";

const network = localNetwork("mainnet");
const from = Date.UTC(2026, 10, 23, 12);

function write(count: number, options: Partial<ActivitySourceOptions> = {}) {
  const source = new ActivitySource({ network, topic: "t", partitions: 8, seed: "a test", ...options });
  const records: ReadRecord[] = [];
  for (let done = 0; done < count; done += 500) {
    source.add(500, from + done, from + done + 500);
    for (let batches = source.take(); batches.length > 0; batches = source.take())
      records.push(...batches.flatMap(({ batch }) => readBatch(batch)));
  }
  return { source, records };
}

const nodeOf = (record: ReadRecord) => record.key?.toString() ?? record.headers["ddc-node"];
const isJson = (record: ReadRecord) => !record.headers["content-type"]?.includes("protobuf");
const limits = activityLimits(new Date(from + 3_600_000), null);

function decode(record: ReadRecord) {
  const encoding = activityEncoding(record.headers["content-type"] ?? null);
  const facts = decodeActivity({ bytes: record.value, start: 0, end: record.value.length, encoding }, limits);
  if (typeof facts === "string") throw new Error(facts);
  return facts;
}

it("writes the same records for the same seed", () => {
  const one = write(1_000).records.map((record) => record.value.toString("base64"));
  const two = write(1_000).records.map((record) => record.value.toString("base64"));
  expect(one).toEqual(two);
  expect(write(1_000, { seed: "another" }).records[0]?.value.toString("base64")).not.toBe(one[0]);
});

it("mixes both encodings and names the node in key or header", () => {
  const { records } = write(2_000);
  const json = records.filter(isJson).length;
  expect(json).toBeGreaterThan(700);
  expect(json).toBeLessThan(1_800);
  const known = new Set(network.nodes.map((node) => node.account.hex));
  expect(records.every((record) => known.has(nodeOf(record) ?? ""))).toBe(true);
  expect(records.some((record) => record.key === null)).toBe(true);
});

it("writes JSON that fits the published schema", () => {
  for (const record of write(1_000).records.filter(isJson))
    activityRecordSchema.parse(JSON.parse(record.value.toString("utf8")));
});

it("counts exactly what it wrote", () => {
  const { source, records } = write(2_000);
  const statuses = ["ok", "not_found", "internal", "unavailable", "aborted", "unknown"];
  const operations = ["put", "get", "delete", "compute"];
  const counted = new Map<string, { records: number; bytes: number }>();
  for (const record of records) {
    const { operation, status, bytes } = decode(record);
    const key = `${nodeOf(record)} ${operations[operation]} ${statuses[status]}`;
    const sum = counted.get(key) ?? { records: 0, bytes: 0 };
    counted.set(key, { records: sum.records + 1, bytes: sum.bytes + bytes });
  }
  const claimed = source
    .totals()
    .map((total) => [
      `${total.node} ${total.operation} ${total.status}`,
      { records: total.records, bytes: total.acknowledgedBytes },
    ]);
  expect(new Map(claimed as [string, { records: number; bytes: number }][])).toEqual(counted);
});

it("gives every record an id and times of its own, repeated or not", () => {
  const { records } = write(2_000, { freshPerAdd: 10 });
  const ids = records.filter(isJson).map((record) => JSON.parse(record.value.toString("utf8")));
  expect(new Set(ids.map((record) => record.id)).size).toBe(ids.length);
  expect(new Set(ids.map((record) => record.upstream.request.requestId)).size).toBe(ids.length);
  expect(records.every((record) => decode(record).at === record.timestamp)).toBe(true);
  const acknowledged = ids.filter((record) => record.upstream.ack);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.every(({ upstream }) => upstream.ack.requestId === upstream.request.requestId)).toBe(
    true,
  );
});

it("carries what the client measured in both encodings", () => {
  const slow = network.nodes[0]?.name;
  const { records } = write(3_000, {
    disturbances: (name) => (name === slow ? slowed : undisturbed),
  });
  const medianOf = (mine: boolean) => {
    const key = network.nodes[0]?.account.hex;
    const latencies = records
      .filter((record) => (nodeOf(record) === key) === mine)
      .map((record) => decode(record).latencyUs ?? 0)
      .sort((a, b) => a - b);
    return latencies[Math.floor(latencies.length / 2)] ?? 0;
  };
  expect(medianOf(true)).toBeGreaterThan(10 * medianOf(false));
});

const slowed = { ...undisturbed, slowdown: 30 };
const down = { ...undisturbed, isDown: true };
const skewed = { ...undisturbed, skewMs: 90_000 };

it("writes nothing for a node that is down", () => {
  const node = network.nodes[3];
  const { records } = write(3_000, { disturbances: (name) => (name === node?.name ? down : undisturbed) });
  expect(records.some((record) => nodeOf(record) === node?.account.hex)).toBe(false);
});

it("moves only the node's own times when its clock is wrong", () => {
  const { records } = write(1_000, { disturbances: () => skewed });
  const read = records.filter(isJson).map((record) => ({
    writtenAt: record.timestamp,
    value: JSON.parse(record.value.toString("utf8")),
  }));
  expect(read.every(({ writtenAt, value }) => Number(value.timestamp) === writtenAt + 90_000)).toBe(true);
  expect(read.every(({ writtenAt, value }) => Number(value.upstream.request.timestamp) < writtenAt)).toBe(
    true,
  );
});
