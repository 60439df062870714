import { expect, it, vi } from "vitest";
import { rootObject } from "../../../localnet/content/bucket-objects.ts";
import { textOf } from "../../../localnet/content/content-id.ts";
import { openContentStore } from "../../adapters/ddc/open-content-store.ts";
import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { electionOver } from "../../adapters/postgres/election.ts";
import { type Cid, digestHex } from "../../kernel/cid/cid.ts";
import { findCid } from "../../kernel/cid/parse-cid.ts";
import { aCtx, silentLogger } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { devnet, objects, type RunningNode, runNode } from "../../testing/running-node.ts";
import { getNode } from "../nodes/get-node.ts";
import { listNodeEvents } from "../nodes/list-node-events.ts";
import { makeRoom } from "../nodes/testing/insert-node.ts";
import { compareReplicas } from "./compare-replicas.ts";
import { listChecks } from "./list-checks.ts";
import { openContent } from "./open-content.ts";
import { resolveName } from "./resolve-name.ts";
import type { ReplicaLine } from "./schema.ts";
import { setPolicy } from "./set-policy.ts";
import { startVerification } from "./start-verification.ts";
import { defaultPolicy } from "./verification-rules.ts";

const network = "devnet";
const networkId = 1;
const contentStore = openContentStore({ allow: ["127.0.0.0/8"] });
const bucket =
  Array.from({ length: 50 }, (_, index) => devnet.bucket(index + 2)).find(({ isPublic }) => isPublic)
    ?.number ?? 1;

function cidIn(object: number): Cid {
  const cid = findCid(textOf(objects.get(bucket, object).cid));
  if (!cid) throw new Error("The local network made no CID.");
  return cid;
}

async function register(db: TestDatabase, { node, target }: RunningNode): Promise<number> {
  const [row] = await db.sql<{ id: number }>(
    `INSERT INTO ddc_node (network, node_key, registered, reported, reported_at)
     VALUES ($1, $2, $3, $4, now()) RETURNING id`,
    [
      networkId,
      node.account.hex,
      { ...target, p2pPort: 1, mode: node.mode, clusterId: null },
      { "host.name": node.name, "cloud.region": "eu-central" },
    ],
  );
  return row?.id ?? 0;
}

const asked = { network, bucket: String(bucket), cid: cidIn(0), token: null, maxBytes: 2 ** 24 } as const;

async function replicas(db: TestDatabase, input: Parameters<typeof compareReplicas>[1] = asked) {
  const ctx = aCtx({ db, deps: { contentStore } });
  const lines: ReplicaLine[] = [];
  for await (const line of compareReplicas(ctx, input, new AbortController().signal)) lines.push(line);
  return lines;
}

/** One piece that a node served, as ingest keeps it: the record, and the second that counts it. */
async function insertServed(db: TestDatabase, { node, at }: { node: number; at: Date }): Promise<void> {
  await db.sql(
    `INSERT INTO activity (at, bucket, bytes, kafka_offset, node, source, network, operation, status, content_type, cid)
     VALUES ($1, $2, 1, 7, $3, 1, $4, 1, 0, 0, $5)`,
    [at, bucket, node, networkId, Buffer.from(cidIn(0).bytes)],
  );
  await db.sql(
    `INSERT INTO rollup_1s (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
     VALUES ($1, 3, $2, date_trunc('second', $3::timestamptz), 1, 0, 0, 1, '{}')`,
    [networkId, node, at],
  );
}

it("tells the node that lies from those that have it right, and where its bytes differ", async () => {
  await using db = await testDatabase();
  await using honest = await runNode(1);
  await using liar = await runNode(5);
  await using gone = await runNode(2);
  for (const node of [honest, liar, gone]) await register(db, node);
  await liar.disturb({ wrongRatio: 1 });
  await gone.disturb({ isDown: true });
  const lines = await replicas(db);
  expect(lines[0]).toMatchObject({ kind: "asking", expected: digestHex(cidIn(0).digest) });
  const verdicts = lines.flatMap((line) => (line.kind === "replica" ? [line.replica] : []));
  expect(Object.fromEntries(verdicts.map(({ name, verdict }) => [name, verdict]))).toEqual({
    [honest.node.name]: "verified",
    [liar.node.name]: "mismatch",
    [gone.node.name]: "unreachable",
  });
  const found = lines.find((line) => line.kind === "difference");
  const difference = found?.kind === "difference" ? found.difference : null;
  expect(difference).toMatchObject({ node: liar.node.account.hex, against: honest.node.account.hex });
  expect(difference?.sample).not.toBe(difference?.againstSample);
  const { size } = objects.get(bucket, 0);
  expect(difference?.firstAt).toBe(Math.floor((size - Math.min(4_096, Math.floor(size / 4))) / 2));
  expect(lines.at(-1)).toMatchObject({ kind: "done" });
});

it("reads from the first node that has it, and follows a CNS name", async () => {
  await using db = await testDatabase();
  await using empty = await runNode(2);
  await using full = await runNode(1);
  for (const node of [empty, full]) await register(db, node);
  await empty.disturb({ missingRatio: 1 });
  const ctx = aCtx({ db, deps: { contentStore } });
  const { node, opened } = await openContent(
    ctx,
    { ...asked, node: null, range: null },
    AbortSignal.timeout(9_000),
  );
  expect(node.name).toBe(full.node.name);
  await opened.body.return({ kind: "complete", bytes: 0 });
  await expect(
    openContent(ctx, { ...asked, node: empty.node.account.hex, range: null }, AbortSignal.timeout(9_000)),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await resolveName(ctx, { network, bucket: String(bucket), name: "fs" })).toMatchObject({
    cid: cidIn(rootObject).text,
    node: full.node.account.hex,
  });
});

it("exposes a node that lies within its period: risk, state and event, and only its own", async () => {
  await using db = await testDatabase();
  await makeRoom(db);
  await using honest = await runNode(1);
  await using liar = await runNode(5);
  const ids = [await register(db, honest), await register(db, liar)];
  await liar.disturb({ wrongRatio: 1 });
  await db.sql(
    "INSERT INTO ddc_bucket (network, bucket, is_public, is_removed) VALUES ($1, $2, true, false)",
    [networkId, bucket],
  );
  const clock = fakeClock(new Date().toISOString());
  for (const node of ids) await insertServed(db, { node, at: clock.now() });
  const verification = startVerification({
    db,
    contentStore,
    clock,
    log: silentLogger,
    metrics: buildMetrics({}),
    election: electionOver({ connectionString: db.url, log: silentLogger, beatMs: 20 }),
    tickMs: 10,
  });
  const ctx = aCtx({ db, deps: { contentStore }, clock });
  const period = 3_600_000 / defaultPolicy.samplesPerHour;
  try {
    await vi.waitUntil(
      async () => {
        clock.advance(period / 20);
        return (await listChecks(ctx, { network, limit: 10 })).rows.length >= 2;
      },
      { timeout: 40_000, interval: 50 },
    );
  } finally {
    await verification.stop();
  }
  const { rows } = await listChecks(ctx, { network, limit: 100 });
  expect(new Map(rows.map(({ name, verdict }) => [name, verdict]))).toEqual(
    new Map([
      [honest.node.name, "verified"],
      [liar.node.name, "mismatch"],
    ]),
  );
  const wrong = await getNode(ctx, { network, key: liar.node.account.hex });
  expect(wrong.node.status.kind).toBe("wrong_bytes");
  expect(wrong.risk.factors[0]).toMatchObject({ factor: "pieces", points: 60 });
  const right = await getNode(ctx, { network, key: honest.node.account.hex });
  expect(right.risk.factors.find(({ factor }) => factor === "pieces")).toMatchObject({ points: 0 });
  const events = await listNodeEvents(ctx, { network, key: liar.node.account.hex, limit: 50 });
  expect(events.rows.filter(({ kind }) => kind === "wrong_bytes")[0]?.text).toContain(cidIn(0).text);
}, 90_000);

it("keeps who changed the schedule, and why", async () => {
  await using db = await testDatabase();
  const ctx = aCtx({ db, role: "operator" });
  const policy = { ...defaultPolicy, samplesPerHour: 30 };
  expect(await setPolicy(ctx, { policy, reason: "after an incident" })).toMatchObject({ policy });
  const audit = await db.sql("SELECT action, before->>'samplesPerHour' AS before FROM audit_entry");
  expect(audit).toEqual([{ action: "verification.policy.changed", before: "12" }]);
});
