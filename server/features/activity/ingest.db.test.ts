import { expect, it } from "vitest";
import { FencedError } from "../../ingest/advance-offsets.ts";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { operations, statuses, unpackCell } from "../../kernel/cells.ts";
import { grains, windowStart } from "../../kernel/grains.ts";
import { latencyBin } from "../../kernel/latency.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { type ActivityRequest, anActivityRecord } from "./testing/an-activity-record.ts";

const now = new Date("2026-11-23T12:00:00.000Z");
const nowMs = now.getTime();

it("keeps rollups of every grain and scope that equal what is summed up independently", async () => {
  await using db = await testDatabase();
  const clusters = await db.sql<{ id: number }>(
    "INSERT INTO ddc_cluster (network, cluster_id) VALUES (3, $1), (3, $2) RETURNING id",
    [`0x${"aa".repeat(20)}`, `0x${"bb".repeat(20)}`],
  );
  const nodes = Array.from({ length: 5 }, (_, index) => nodeKey(index));
  for (const [index, key] of nodes.entries())
    await db.sql("INSERT INTO ddc_node (network, node_key, cluster) VALUES (3, $1, $2)", [
      key,
      index === 4 ? null : clusters[index % 2]?.id,
    ]);
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  const requests = Array.from({ length: 4_000 }, (_, index) => aRequest(index, nodes));
  for (let at = 0; at < requests.length; at += 700) {
    await lane.deliver(requests.slice(at, at + 700).map(anActivityRecord));
    await lane.flush();
  }
  const ids = await db.sql<{ id: number; node_key: string; cluster: number | null }>(
    "SELECT id, node_key, cluster FROM ddc_node",
  );
  expect(await db.sql("SELECT count(*) AS n FROM activity")).toEqual([{ n: "4000" }]);
  for (const grain of grains) {
    const expected = new Map<string, Expected>();
    for (const request of requests) {
      if (grain.name === "1s" && request.at < nowMs - 2 * 86_400_000) continue;
      const node = ids.find(({ node_key }) => node_key === request.node);
      const at = windowStart(request.at, grain);
      const subjects = [`1/0`, `3/${node?.id}`, `4/${BigInt.asIntN(64, BigInt(request.bucket))}`];
      if (node?.cluster != null) subjects.push(`2/${node.cluster}`);
      for (const subject of subjects) count(expected, `${subject}/${at}`, request);
    }
    const rows =
      await db.sql<RollupRow>(`SELECT scope, subject, at, requests, failures, read_bytes, written_bytes, cells
      FROM rollup_${grain.name} WHERE network = 3`);
    const found = new Map(
      rows.map((row) => [`${row.scope}/${row.subject}/${row.at.getTime()}`, toExpected(row)]),
    );
    expect(found.size).toBe(expected.size);
    for (const [key, value] of expected) expect(found.get(key), `${grain.name} ${key}`).toEqual(value);
  }
});

it("recognises a record that its producer sent again, in the same flush, a later one, and after a restart", async () => {
  await using db = await testDatabase();
  const clock = fakeClock(now);
  const record = anActivityRecord(aRequest(1, [nodeKey(1)]));
  const other = anActivityRecord(aRequest(2, [nodeKey(2)]));
  {
    await using lane = await driveLane(db, { binding: "activity", clock });
    await lane.deliver([record, record]);
    await lane.flush();
    await lane.deliver([record, other]);
    await lane.flush();
  }
  await using restarted = await driveLane(db, { binding: "activity", clock });
  expect(restarted.lane.next).toBe(4);
  await restarted.deliver([other, record]);
  await restarted.flush();
  expect(await db.sql("SELECT next_offset, records, duplicates FROM ingest_offset")).toEqual([
    { next_offset: "6", records: "2", duplicates: "4" },
  ]);
  expect(await db.sql("SELECT kafka_offset FROM activity ORDER BY 1")).toEqual([
    { kafka_offset: "0" },
    { kafka_offset: "3" },
  ]);
  expect(await db.sql("SELECT sum(requests) AS n FROM rollup_1d WHERE scope = 1")).toEqual([{ n: "2" }]);
});

it("takes the same record id of two nodes, and of one node at two times, for different records", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  const request = aRequest(1, [nodeKey(1)]);
  await lane.deliver([
    anActivityRecord(request),
    anActivityRecord({ ...request, node: nodeKey(2) }),
    anActivityRecord({ ...request, at: request.at + 1 }),
  ]);
  await lane.flush();
  expect(await db.sql("SELECT count(*) AS n FROM activity")).toEqual([{ n: "3" }]);
});

it("lets a worker that lost its partition write nothing", async () => {
  await using db = await testDatabase();
  const clock = fakeClock(now);
  await using lost = await driveLane(db, { binding: "activity", clock });
  await using owner = await driveLane(db, { binding: "activity", clock });
  await lost.deliver([anActivityRecord(aRequest(1, [nodeKey(1)]))]);
  await owner.deliver([
    anActivityRecord(aRequest(2, [nodeKey(1)])),
    anActivityRecord(aRequest(3, [nodeKey(1)])),
  ]);
  await owner.flush();
  await expect(lost.flush()).rejects.toThrow(FencedError);
  expect(await db.sql("SELECT count(*) AS n FROM activity")).toEqual([{ n: "2" }]);
  expect(await db.sql("SELECT sum(requests) AS n FROM rollup_1h WHERE scope = 1")).toEqual([{ n: "2" }]);
  expect(await db.sql("SELECT next_offset FROM ingest_offset")).toEqual([{ next_offset: "2" }]);
});

it("puts what cannot be read into dead letters with its reason, and goes on with the rest", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  const good = anActivityRecord(aRequest(1, [nodeKey(1)]));
  await lane.deliver([
    { ...good, value: good.value.slice(0, 100) },
    good,
    { ...good, key: "nobody" },
    { ...good, value: "x".repeat(1024 * 1024 + 1) },
    { ...good, value: JSON.stringify({ timestamp: "1000" }) },
    anActivityRecord({ ...aRequest(9, [nodeKey(1)]), at: nowMs - 8 * 86_400_000 }),
  ]);
  await lane.deliverBlock({
    kind: "records",
    firstOffset: 6,
    lastOffset: 15,
    bytes: Buffer.from("whatever"),
    open: () => "compressed with unknown codec 5",
  });
  await lane.flush();
  const letters = await db.sql(
    "SELECT binding, kafka_offset, last_offset, reason, size_bytes FROM dead_letter ORDER BY kafka_offset",
  );
  expect(letters).toMatchObject([
    { kafka_offset: "0", last_offset: "0", reason: "not JSON", size_bytes: "100", binding: "activity" },
    { kafka_offset: "2", reason: "neither the key nor the header ddc-node names a node" },
    { kafka_offset: "3", reason: "the value has 1048577 bytes, more than 1 MiB", size_bytes: "1048577" },
    { kafka_offset: "4", reason: "upstream.request is missing" },
    { kafka_offset: "5", reason: expect.stringContaining("is older than records are kept") },
    { kafka_offset: "6", last_offset: "15", reason: "compressed with unknown codec 5" },
  ]);
  expect(lane.published.map(({ headers }) => headers.offset)).toEqual(["0", "2", "3", "4", "5", "6"]);
  expect(lane.published.at(-1)?.headers).toMatchObject({
    "last-offset": "15",
    topic: "driven",
    partition: "0",
  });
  expect(await db.sql("SELECT next_offset, records, dead_letters FROM ingest_offset")).toEqual([
    { next_offset: "16", records: "1", dead_letters: "15" },
  ]);
});

it("stores every column as the record says", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "activity", clock: fakeClock(now) });
  const request: ActivityRequest = {
    node: nodeKey(7),
    at: nowMs - 1_234,
    bucket: 18_446_744_073_709_551_615n,
    operation: 0,
    status: 3,
    latencyMs: 250,
    bytes: 4_096,
    number: 1,
  };
  await lane.deliver([anActivityRecord(request)]);
  await lane.flush();
  const rows = await db.sql(
    `SELECT at, u64(bucket) AS bucket, bytes, size, byte_offset, kafka_offset, latency_us, network, operation, status, content_type,
       encode(substr(cid, 1, 4), 'hex') AS head, cid_prefix = ('x' || encode(substr(cid, 5, 8), 'hex'))::bit(64)::bigint AS is_prefix,
       length(cid) AS cid_bytes, client IS NOT NULL AS has_client, activity.source = (SELECT id FROM ingest_offset) AS is_source
     FROM activity`,
  );
  expect(rows).toEqual([
    {
      at: new Date(request.at),
      bucket: "18446744073709551615",
      bytes: "4096",
      size: "4096",
      byte_offset: null,
      kafka_offset: "0",
      latency_us: 250_000,
      network: 3,
      operation: 0,
      status: 3,
      content_type: 0,
      head: "01021e20",
      is_prefix: true,
      cid_bytes: 36,
      has_client: true,
      is_source: true,
    },
  ]);
  expect(await db.sql("SELECT active_at FROM ddc_node WHERE node_key = $1", [request.node])).toEqual([
    { active_at: new Date(request.at) },
  ]);
});

type RollupRow = {
  scope: number;
  subject: string;
  at: Date;
  requests: string;
  failures: string;
  read_bytes: string;
  written_bytes: string;
  cells: string[];
};
type Expected = {
  requests: number;
  failures: number;
  read: bigint;
  written: bigint;
  cells: Record<string, number>;
};

function count(expected: Map<string, Expected>, key: string, request: ActivityRequest): void {
  const row = expected.get(key) ?? { requests: 0, failures: 0, read: 0n, written: 0n, cells: {} };
  expected.set(key, row);
  row.requests++;
  if (["internal", "unavailable"].includes(statuses[request.status] ?? "")) row.failures++;
  if (operations[request.operation] === "get") row.read += BigInt(request.bytes);
  if (operations[request.operation] === "put") row.written += BigInt(request.bytes);
  const bin = request.latencyMs === null ? 0 : latencyBin(request.latencyMs * 1000);
  const cell = `${operations[request.operation]} ${statuses[request.status]} ${bin}`;
  row.cells[cell] = (row.cells[cell] ?? 0) + 1;
}

function toExpected(row: RollupRow): Expected {
  const cells: Record<string, number> = {};
  for (const packed of row.cells) {
    const { operation, status, bin, count: requests } = unpackCell(packed);
    const cell = `${operation} ${status} ${bin}`;
    cells[cell] = (cells[cell] ?? 0) + requests;
  }
  return {
    requests: Number(row.requests),
    failures: Number(row.failures),
    read: BigInt(row.read_bytes),
    written: BigInt(row.written_bytes),
    cells,
  };
}

function nodeKey(number: number): string {
  return `0x${String(number).padStart(64, "0")}`;
}

/** Spread over three days, out of order, with sizes whose sums pass 2^53. */
function aRequest(number: number, nodes: readonly string[]): ActivityRequest {
  const spread = (number * 7_919) % 1_000;
  return {
    number,
    node: nodes[number % nodes.length] ?? nodeKey(0),
    at: nowMs - (number % 10 === 0 ? spread * 259_200 : spread * 40),
    bucket:
      number % 50 === 0 ? 18_446_744_073_709_551_610n + BigInt(number % 5) : 1_000 + ((number * 13) % 37),
    operation: number % 4,
    status: (number * 5) % 6,
    latencyMs: number % 11 === 0 ? null : 1 + ((number * 31) % 900),
    bytes: number % 97 === 0 ? 9_007_199_254_740_000 : (number * 1_003) % 5_000_000,
  };
}
