import { expect, it } from "vitest";
import { cidOf } from "../../kernel/cid/cid.ts";
import { toSs58 } from "../../kernel/ss58.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { makeRoom } from "../nodes/testing/insert-node.ts";
import { getEdge } from "./get-edge.ts";
import { getGraph } from "./get-graph.ts";
import { listDueNodes, readSources } from "./read-sources.ts";
import { type GraphInput, graphInput } from "./schema.ts";

const network = "mainnet";
const bucket = "7";
const cid = cidOf("raw-piece", new Uint8Array(32).fill(9));
const prefix = Buffer.from(cid.bytes).readBigInt64BE(4).toString();
const writer = Buffer.alloc(32, 1);
const reader = Buffer.alloc(32, 2);
const accountOf = (key: Buffer) => toSs58(`0x${key.toString("hex")}`);

type Request = { at: string; client: number; operation: 0 | 1; status?: number; bytes?: number };

async function insertWorld(db: TestDatabase): Promise<void> {
  await makeRoom(db);
  await db.sql("INSERT INTO ddc_client (id, public_key) OVERRIDING SYSTEM VALUE VALUES (1, $1), (2, $2)", [
    writer,
    reader,
  ]);
  await db.sql(
    `INSERT INTO ddc_bucket (network, bucket, owner, is_public, is_removed, created_at)
     VALUES (3, 7, 'owner', true, false, '2026-11-01'), (3, 8, 'owner', true, false, '2026-11-01')`,
  );
  await db.sql(
    `INSERT INTO ddc_piece (network, bucket, cid, known, first_seen, last_seen)
     VALUES (3, 7, $1, 4, '2026-11-24T10:00:00Z', '2026-11-24T12:00:00Z')`,
    [Buffer.from(cid.bytes)],
  );
}

async function insertRequests(db: TestDatabase, requests: readonly Request[]): Promise<void> {
  for (const { at, client, operation, status = 0, bytes = 100 } of requests)
    await db.sql(
      `INSERT INTO activity (at, bucket, bytes, kafka_offset, node, source, network, operation, status, content_type,
         cid, cid_prefix, client) VALUES ($1, 7, $2, 1, 1, 1, 3, $3, $4, 0, $5, $6, $7)`,
      [at, bytes, operation, status, Buffer.from(cid.bytes), prefix, client],
    );
}

/** A day in which the owner paid 1001 for two buckets; this one did a quarter of the requests and of the bytes. */
async function insertCharge(db: TestDatabase): Promise<void> {
  await db.sql(
    `INSERT INTO registry_source (network, family, state, since, checked_at, identity, identity_reason, projected_height)
     VALUES (3, 'ddc', 'ok', now(), now(), 'proved', 'test', 1)`,
  );
  await db.sql(
    `INSERT INTO ledger_account_1h (network, kind, at, account, amount, entries)
     VALUES (3, 'charge', '2026-11-24T03:00:00Z', 'owner', 90000000000000000001001, 1)`,
  );
  for (const [subject, requests] of [
    [7, 25],
    [8, 75],
  ])
    await db.sql(
      `INSERT INTO rollup_1d (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
       VALUES (3, 4, $1, '2026-11-24T00:00:00Z', $2::bigint, 0, $2::bigint, 0, '{}')`,
      [subject, requests],
    );
}

const ctxAt = (db: TestDatabase, at: string) => ({ db, clock: fakeClock(at) });
const graphOf = (ctx: ReturnType<typeof ctxAt>, input: Partial<GraphInput>) =>
  getGraph(ctx, graphInput.parse({ network, root: `content:${cid.text}`, ...input }));

async function evidenceOf(
  ctx: ReturnType<typeof ctxAt>,
  { edges }: Awaited<ReturnType<typeof graphOf>>,
  kind: string,
) {
  const edge = edges.find((candidate) => candidate.kind === kind);
  if (!edge) throw new Error(`No edge "${kind}".`);
  return getEdge(ctx, { network, from: edge.from, to: edge.to, kind: edge.kind });
}

it("draws who wrote and who read a content that only activity names, summed up, as recorded", async () => {
  await using db = await testDatabase();
  await insertWorld(db);
  await insertRequests(db, [
    { at: "2026-11-24T10:00:00Z", client: 1, operation: 0 },
    { at: "2026-11-24T11:00:00Z", client: 2, operation: 1, bytes: 40 },
    { at: "2026-11-24T12:00:00Z", client: 2, operation: 1, bytes: 60 },
    { at: "2026-11-24T12:30:00Z", client: 1, operation: 1, status: 1 },
  ]);
  const ctx = ctxAt(db, "2026-11-24T18:00:00Z");
  const graph = await graphOf(ctx, { depth: 1 });
  const words = graph.edges.map(({ from, to, kind, grade }) => {
    const keyOf = (id: string) => graph.nodes.find((node) => node.id === id)?.key;
    return [keyOf(from), kind, keyOf(to), grade];
  });
  expect(words).toHaveLength(3);
  expect(words).toContainEqual([accountOf(writer), "uploaded", cid.text, "recorded"]);
  expect(words).toContainEqual([cid.text, "accessed", accountOf(reader), "recorded"]);
  expect(words).toContainEqual([cid.text, "stored", bucket, "recorded"]);
  const read = await evidenceOf(ctx, graph, "accessed");
  expect(read.validFrom).toBe("2026-11-24T11:00:00.000Z");
  expect(read.evidence).toMatchObject({ requests: 2, bytes: "100", lastAt: "2026-11-24T12:00:00.000Z" });
  const before = await graphOf(ctx, { depth: 1, asOf: "2026-11-24T10:30:00Z" });
  expect(before.edges.map(({ kind }) => kind).sort()).toEqual(["stored", "uploaded"]);
});

it("comes to the same when it reads again, and adds what came late", async () => {
  await using db = await testDatabase();
  await insertWorld(db);
  await insertRequests(db, [{ at: "2026-11-24T11:00:00Z", client: 2, operation: 1 }]);
  const ctx = ctxAt(db, "2026-11-24T18:00:00Z");
  await graphOf(ctx, {});
  ctx.clock.advance(86_400_000);
  await insertRequests(db, [{ at: "2026-11-24T09:00:00Z", client: 2, operation: 1 }]);
  for (let turn = 0; turn < 2; turn++) await readSources(ctx, await listDueNodes(ctx, 100));
  expect(await listDueNodes(ctx, 100)).toEqual([]);
  const read = await evidenceOf(ctx, await graphOf(ctx, { depth: 1 }), "accessed");
  expect(read.validFrom).toBe("2026-11-24T09:00:00.000Z");
  expect(read.evidence).toMatchObject({ requests: 2, bytes: "200" });
});

it("allocates a bucket's part of its owner's charge with every digit, once the day is over", async () => {
  await using db = await testDatabase();
  await insertWorld(db);
  await insertCharge(db);
  const ctx = ctxAt(db, "2026-11-25T18:00:00Z");
  const graph = await graphOf(ctx, { root: `bucket:${bucket}`, depth: 2 });
  expect(graph.edges.map(({ kind, grade }) => [kind, grade])).toEqual([
    ["used", "recorded"],
    ["charged", "allocated"],
  ]);
  const charge = await evidenceOf(ctx, graph, "charged");
  expect(charge.evidence).toMatchObject({
    allocated: "22500000000000000000250",
    charged: "90000000000000000001001",
    decimals: 10,
    ownerBuckets: 2,
  });
  const then = await graphOf(ctx, { root: `bucket:${bucket}`, depth: 2, asOf: "2026-11-24T18:00:00Z" });
  expect(then.edges.map(({ kind }) => kind)).toEqual(["used"]);
});

it("finds nothing where neither activity nor the chain names the content", async () => {
  await using db = await testDatabase();
  const unknown = cidOf("raw-piece", new Uint8Array(32).fill(1)).text;
  const ctx = ctxAt(db, "2026-11-25T18:00:00Z");
  await expect(graphOf(ctx, { root: `content:${unknown}` })).rejects.toMatchObject({ code: "not_found" });
  await expect(graphOf(ctx, { root: "bucket:99" })).rejects.toMatchObject({ code: "not_found" });
  expect(await db.sql("SELECT FROM lineage_node")).toEqual([]);
});
