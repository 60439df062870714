import { expect, it } from "vitest";
import { objectsPerBucket, rootObject } from "../../../localnet/content/bucket-objects.ts";
import { textOf } from "../../../localnet/content/content-id.ts";
import { openContentStore } from "../../adapters/ddc/open-content-store.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { devnet, objects, type RunningNode, runNode } from "../../testing/running-node.ts";
import { getBucket } from "../inventory/get-bucket.ts";
import { getPiece } from "../inventory/get-piece.ts";
import { getEdge } from "../lineage/get-edge.ts";
import { getGraph } from "../lineage/get-graph.ts";
import { graphInput } from "../lineage/schema.ts";
import { listChecks } from "../verification/list-checks.ts";
import { readPolicy } from "./policy.ts";
import type { DiscoveryPolicy } from "./schema.ts";
import { findDueBucket, visitBucket } from "./visit-bucket.ts";
import { findDueNode, walkNode } from "./walk-nodes.ts";

const network = "devnet";
const networkId = 1;
const now = new Date("2026-11-25T12:00:00.000Z");
const contentStore = openContentStore({ allow: ["127.0.0.0/8"] });
const numbers = Array.from({ length: 50 }, (_, index) => devnet.bucket(index + 2));
const bucket = numbers.find(({ isPublic }) => isPublic)?.number ?? 1;
const root = textOf(objects.get(bucket, rootObject).cid);
const policy: DiscoveryPolicy = { ...readPolicy(null), timeoutMs: 20_000 };

async function register(db: TestDatabase, { node, target }: RunningNode): Promise<void> {
  await db.sql("INSERT INTO ddc_node (network, node_key, registered) VALUES ($1, $2, $3)", [
    networkId,
    node.account.hex,
    { ...target, p2pPort: 1, mode: node.mode, clusterId: null },
  ]);
}

async function insertBucket(db: TestDatabase, number: number, isPublic = true): Promise<void> {
  await db.sql("INSERT INTO ddc_bucket (network, bucket, is_public, is_removed) VALUES ($1, $2, $3, false)", [
    networkId,
    number,
    isPublic,
  ]);
}

/** Everything that is due, one after another. */
async function discover(ctx: ReturnType<typeof aCtx>, limits: DiscoveryPolicy = policy) {
  const outcomes: string[] = [];
  const signal = AbortSignal.timeout(60_000);
  for (let due = await findDueBucket(ctx); due; due = await findDueBucket(ctx))
    await visitBucket(ctx, due, limits);
  for (let due = await findDueNode(ctx); due; due = await findDueNode(ctx))
    outcomes.push((await walkNode(ctx, due, { policy: limits, signal })).kind);
  return outcomes;
}

it("finds a public bucket's name and everything below it, and counts nothing twice", async () => {
  await using db = await testDatabase();
  await using node = await runNode(1);
  await register(db, node);
  await insertBucket(db, bucket);
  const clock = fakeClock(now.toISOString());
  const ctx = aCtx({ db, deps: { contentStore }, clock });
  const outcomes = await discover(ctx);
  expect(new Set(outcomes)).toEqual(new Set(["read"]));
  const once = await getBucket(ctx, { network, bucket: String(bucket) });
  expect(once.names).toMatchObject([{ name: "fs", cid: root, ttlSeconds: 300, since: now.toISOString() }]);
  const [stored] = await db.sql<{ pieces: string; linked: string }>(
    "SELECT count(*) AS pieces, count(*) FILTER (WHERE known & 2 = 2) AS linked FROM ddc_piece",
  );
  expect(Number(stored?.pieces)).toBe(objectsPerBucket);
  expect(Number(stored?.linked)).toBe(objectsPerBucket - 1);
  expect(once.bucket).toMatchObject({ objects: stored?.pieces, known: ["cns", "dag"] });
  expect(once.ways).toEqual({ namedAndUsed: "0", namedOnly: stored?.pieces, usedOnly: "0" });

  clock.advance(2 * 3_600_000);
  expect(await discover(ctx)).toEqual([]);
  expect((await getBucket(ctx, { network, bucket: String(bucket) })).ways).toEqual(once.ways);
});

it("proves the links of a node that hashed to its CID, and only records what a node says a name points to", async () => {
  await using db = await testDatabase();
  await using node = await runNode(1);
  await register(db, node);
  await insertBucket(db, bucket);
  const ctx = aCtx({ db, deps: { contentStore }, clock: fakeClock(now.toISOString()) });
  await discover(ctx);
  const graph = await getGraph(ctx, graphInput.parse({ network, root: `content:${root}`, depth: 1 }));
  const grades = new Map(graph.edges.map(({ kind, grade }) => [kind, grade]));
  expect(grades).toEqual(
    new Map([
      ["link", "proved"],
      ["named", "recorded"],
      ["stored", "recorded"],
    ]),
  );
  const link = graph.edges.find(({ kind }) => kind === "link");
  const { evidence } = await getEdge(ctx, {
    network,
    from: link?.from ?? "",
    to: link?.to ?? "",
    kind: "link",
  });
  expect(evidence).toMatchObject({ servedBy: node.node.account.hex, verifiedAt: now.toISOString() });
  const child = graph.nodes.find(({ id }) => id === link?.to)?.key ?? "";
  expect((await getPiece(ctx, { network, cid: child, bucket: null })).parents).toMatchObject([{ cid: root }]);
});

it("ends where a name pointed to when it points elsewhere: yesterday's graph still has it", async () => {
  await using db = await testDatabase();
  await using node = await runNode(1);
  await register(db, node);
  await insertBucket(db, bucket);
  const clock = fakeClock("2026-11-24T12:00:00.000Z");
  const ctx = aCtx({ db, deps: { contentStore }, clock });
  const other = objects.get(bucket, 0).cid;
  await discover(ctx, { ...policy, linksPerBucket: 0 });
  await db.sql("UPDATE ddc_cns_name SET cid = $1", [Buffer.from(other)]);
  await db.sql("UPDATE lineage_node SET key = $1 WHERE key = $2", [textOf(other), root]);
  clock.advance(86_400_000);
  await discover(ctx, { ...policy, linksPerBucket: 0 });
  const pointed = async (asOf: string) => {
    const of = graphInput.parse({ network, root: `name:${bucket} fs`, depth: 1, asOf });
    return (await getGraph(ctx, of)).nodes.filter(({ kind }) => kind === "content").map(({ key }) => key);
  };
  expect(await pointed("2026-11-24T18:00:00Z")).toEqual([textOf(other)]);
  expect(await pointed("2026-11-25T18:00:00Z")).toEqual([root]);
});

it("believes no link of a node whose bytes were changed, and holds it against who served them", async () => {
  await using db = await testDatabase();
  await using liar = await runNode(5);
  await register(db, liar);
  await insertBucket(db, bucket);
  await liar.disturb({ wrongRatio: 1 });
  const ctx = aCtx({ db, deps: { contentStore }, clock: fakeClock(now.toISOString()) });
  expect(await discover(ctx)).toEqual(["wrong"]);
  expect(await db.sql("SELECT FROM ddc_link")).toEqual([]);
  const { rows } = await listChecks(ctx, { network, limit: 10 });
  expect(rows).toMatchObject([{ node: liar.node.account.hex, cid: root, verdict: "mismatch" }]);
});

it.each([
  { linksPerNode: 2, linksPerBucket: 50, kept: 2 },
  { linksPerNode: 50, linksPerBucket: 3, kept: 3 },
])(
  "keeps $kept links where no more may be kept, says so, and asks nobody about a private bucket",
  async ({ kept, ...limits }) => {
    await using db = await testDatabase();
    await using node = await runNode(1);
    await register(db, node);
    await insertBucket(db, bucket);
    const secret = numbers.find(({ isPublic }) => !isPublic)?.number ?? 2;
    await insertBucket(db, secret, false);
    await db.sql(
      "INSERT INTO ddc_piece (network, bucket, cid, known, first_seen, last_seen) VALUES ($1, $2, $3, 4, $4, $4)",
      [networkId, secret, Buffer.from(objects.get(secret, rootObject).cid), now],
    );
    const ctx = aCtx({ db, deps: { contentStore }, clock: fakeClock(now.toISOString()) });
    await discover(ctx, { ...policy, ...limits });
    const [links] = await db.sql<{ n: number }>("SELECT count(*)::integer AS n FROM ddc_link");
    expect(links).toEqual({ n: kept });
    const details = await db.sql<{ bucket: string; links_detail: string }>(
      "SELECT bucket, links_detail FROM ddc_piece WHERE links_detail IS NOT NULL ORDER BY links_detail",
    );
    expect(details).toContainEqual({
      bucket: String(secret),
      links_detail: "Its bucket is not public, so no node is asked.",
    });
    expect(details.some(({ links_detail }) => links_detail.startsWith(`${kept} of its `))).toBe(true);
    expect(await db.sql("SELECT bucket FROM ddc_bucket_reading")).toEqual([{ bucket: String(bucket) }]);
  },
);
