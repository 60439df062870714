import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { z } from "zod";
import { openArtefacts } from "../../adapters/files/open-artefacts.ts";
import { systemClock } from "../../kernel/clock.ts";
import { upstream } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx, aPerson, silentLogger } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { cancelExport } from "./cancel-export.ts";
import { findExportFile } from "./find-export-file.ts";
import { leaseMs, takeJob } from "./job-lease.ts";
import { listExports } from "./list-exports.ts";
import { pageBatches } from "./page-batches.ts";
import { removeExport } from "./remove-export.ts";
import { maxAttempts, maxKeptFiles, maxOpenJobs } from "./rules.ts";
import type { JobCtx } from "./run-job.ts";
import type { ExportJob } from "./schema.ts";
import { defineExport, type ExportSource } from "./source.ts";
import { findExportSource } from "./sources.ts";
import { startExport } from "./start-export.ts";
import { startExportWorker } from "./start-export-worker.ts";
import { sweepExports } from "./sweep-exports.ts";

const megabyte = 1_048_576;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

it("writes what was asked for, tells how far it is, and gives it to its owner only", async () => {
  await using room = await openRoom();
  const { ctx, db } = room;
  const started = await startExport(ctx, nodesOf("mainnet"));
  expect(started).toMatchObject({ state: "queued", title: "Nodes of mainnet", rows: 0 });
  const notices = await noticesOf(db, async () => {
    await using _ = room.work({});
    await room.ended(started.id);
  });
  const done = await room.job(started.id);
  expect(done).toMatchObject({ state: "done", rows: 0, attempt: 1, reason: null });
  expect(done.fileName).toMatch(/^nodes-mainnet-\d{8}T\d{6}Z\.csv$/);
  const { artefact } = await findExportFile(ctx, started.id);
  const text = await readFile(join(room.folder, artefact), "utf8");
  expect(text.split("\n")[0]).toContain("key,name,status");
  expect(done.bytes).toBe(Buffer.byteLength(text));
  const other = aCtx({ db, role: "admin" });
  await expect(findExportFile(other, started.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelExport(other, started)).rejects.toMatchObject({ code: "not_found" });
  expect(await listExports(other)).toEqual([]);
  expect(notices).toContainEqual(expect.objectContaining({ topic: "exports", ids: [ctx.actor.id] }));
});

it("writes a million rows in flat memory", { timeout: 300_000 }, async () => {
  await using room = await openRoom();
  const job = await room.queue({ isCompressed: true });
  const highest = { atFirst: 0, later: 0 };
  const onRow = (n: number) => {
    if (n % 20_000 !== 1) return;
    const part = n <= 300_000 ? "atFirst" : "later";
    highest[part] = Math.max(highest[part], liveBytes());
  };
  await using _ = room.work({ source: numbers(room.db, 1_000_000, onRow) });
  const done = await room.ended(job.id);
  expect(done).toMatchObject({ state: "done", rows: 1_000_000 });
  const { artefact } = await findExportFile(room.ctx, job.id);
  const text = gunzipSync(await readFile(join(room.folder, artefact))).toString("latin1");
  expect(text.length).toBeGreaterThan(60 * megabyte);
  expect(text.slice(0, 20)).toBe('n,text\n1,"number 1 o');
  expect(text.trimEnd().split("\n").at(-1)).toMatch(/^1000000,/);
  // Kept as rows, the other 700,000 would take far more.
  expect((highest.later - highest.atFirst) / megabyte).toBeLessThan(48);
});

/** What is still reachable: how much a collector in no hurry leaves lying about says nothing. */
function liveBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

it("stops at once when it is cancelled, and leaves no file", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  await using _ = room.work({ source: endless });
  await room.until(job.id, ({ state, rows }) => state === "running" && rows > 0);
  expect(await cancelExport(room.ctx, job)).toMatchObject({ state: "cancelled" });
  await expect.poll(() => readdir(room.folder), { timeout: 10_000 }).toEqual([]);
  await expect(findExportFile(room.ctx, job.id)).rejects.toMatchObject({ code: "conflict" });
  expect(await room.job(job.id)).toMatchObject({ state: "cancelled" });
});

it("goes back into the queue when its server stops, and the next one begins it anew", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  const first = room.work({ source: endless });
  await room.until(job.id, ({ state, rows }) => state === "running" && rows > 0);
  await first[Symbol.asyncDispose]();
  expect(await room.job(job.id)).toMatchObject({ state: "queued", attempt: 1 });
  await using _ = room.work({ source: numbers(room.db, 10) });
  expect(await room.ended(job.id)).toMatchObject({ state: "done", rows: 10, attempt: 2 });
  expect(await readdir(room.folder)).toEqual([`${job.id}-2`]);
});

it("takes over from a server that died, and says so when that happens again and again", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    // Somebody who takes it when the one before has been silent for too long, and is never heard of again.
    const at = new Date(Date.now() - (maxAttempts + 1 - attempt) * (leaseMs + 1_000));
    expect(await takeJob({ db: room.db, clock: { now: () => at } }, "dead")).toMatchObject({ attempt });
    const soon = new Date(at.getTime() + leaseMs - 1);
    expect(await takeJob({ db: room.db, clock: { now: () => soon } }, "hasty")).toBeNull();
  }
  await using _ = room.work({ source: numbers(room.db, 10) });
  const failed = await room.ended(job.id);
  expect(failed.state).toBe("failed");
  expect(failed.reason).toContain("went away 3 times");
});

it("does not let a writer that lost its lease end the job of another", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  const gate = Promise.withResolvers<void>();
  const slow = source(async function* () {
    await gate.promise;
    yield [{ n: 1 }];
  });
  await using first = room.work({ source: slow });
  await room.until(job.id, ({ state }) => state === "running");
  await room.db.sql("UPDATE export_job SET worker = 'another', attempt = 2 WHERE id = $1", [job.id]);
  gate.resolve();
  await first[Symbol.asyncDispose]();
  expect(await room.job(job.id)).toMatchObject({ state: "running", attempt: 2 });
  expect(await readdir(room.folder)).toEqual([]);
});

it("begins again when something behind it was away, and tells the person what cannot be healed", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  let calls = 0;
  const shaky = source(async function* () {
    calls += 1;
    if (calls === 1) throw upstream("PostgreSQL", new Error("ECONNRESET"));
    yield [{ n: calls }];
  });
  await using first = room.work({ source: shaky });
  expect(await room.ended(job.id)).toMatchObject({ state: "done", attempt: 2 });
  await first[Symbol.asyncDispose]();
  const broken = await room.queue({});
  await using _ = room.work({
    source: source(async function* () {
      yield [{ n: 1 }];
      throw new Error("password=hunter2");
    }),
  });
  const failed = await room.ended(broken.id);
  expect(failed).toMatchObject({ state: "failed", reason: expect.stringContaining(broken.id) });
  expect(JSON.stringify(failed)).not.toContain("hunter2");
});

it("asks for the role again before it writes", async () => {
  await using room = await openRoom();
  const job = await room.queue({});
  await room.db.sql("DELETE FROM role_grant WHERE user_id = $1", [room.ctx.actor.id]);
  await using _ = room.work({ source: numbers(room.db, 10) });
  expect(await room.ended(job.id)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("role viewer"),
  });
});

it("cuts a file at its rows and refuses one that grows too large", async () => {
  await using room = await openRoom();
  const cut = await room.queue({});
  await using first = room.work({ source: { ...numbers(room.db, 5_000), maxRows: 3_000 } });
  expect(await room.ended(cut.id)).toMatchObject({ state: "done", rows: 3_000 });
  await first[Symbol.asyncDispose]();
  const { artefact } = await findExportFile(room.ctx, cut.id);
  const lines = (await readFile(join(room.folder, artefact), "utf8")).trimEnd().split("\n");
  expect([lines.length, lines.at(-1)]).toEqual([3_002, "# cut at 3000 rows, there are more"]);
  const large = await room.queue({});
  await using _ = room.work({ source: endless, maxBytes: 4 * megabyte });
  const failed = await room.ended(large.id);
  expect([failed.state, failed.reason]).toEqual([
    "failed",
    expect.stringContaining("grew over 1048576 bytes"),
  ]);
});

it("refuses what cannot be exported, and more than a few at once", async () => {
  await using room = await openRoom();
  const { ctx, db } = room;
  const start = (input: object) => startExport(ctx, { ...nodesOf("mainnet"), ...input });
  await expect(start({ source: "constructor" })).rejects.toMatchObject({ code: "not_found" });
  await expect(start({ query: { network: "mainnet", sort: "size" } })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("sort.0.by"),
  });
  const guest = aPerson([{ role: "viewer", network: "testnet", environment: null }]);
  await expect(startExport(aCtx({ db, actor: guest }), nodesOf("mainnet"))).rejects.toMatchObject({
    code: "forbidden",
  });
  const answers = await Promise.allSettled(Array.from({ length: maxOpenJobs + 3 }, () => start({})));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(maxOpenJobs);
  await expect(start({})).rejects.toMatchObject({ code: "too_many" });
});

it("takes files away when their time is over, or when their owner says so", async () => {
  await using room = await openRoom();
  const old = await room.queue({});
  await using worker = room.work({ source: numbers(room.db, 10) });
  await room.ended(old.id);
  const unwanted = await room.queue({});
  await room.ended(unwanted.id);
  await worker[Symbol.asyncDispose]();
  expect(await readdir(room.folder)).toHaveLength(2);
  await removeExport(room.ctx, unwanted);
  expect((await listExports(room.ctx)).map(({ id }) => id)).toEqual([old.id]);
  await sweepExports(room);
  expect(await readdir(room.folder)).toEqual([`${old.id}-1`]);
  const day = 24 * 3_600_000;
  await sweepExports({ ...room, clock: { now: () => new Date(Date.now() + day + 60_000) } });
  expect(await room.job(old.id)).toMatchObject({ state: "expired" });
  expect(await readdir(room.folder)).toEqual([]);
  await sweepExports({ ...room, clock: { now: () => new Date(Date.now() + 8 * day) } });
  expect(await listExports(room.ctx)).toEqual([]);
  expect(maxKeptFiles).toBeGreaterThan(0);
});

type Room = { db: TestDatabase; ctx: Ctx; folder: string };

function nodesOf(network: string) {
  return { source: "nodes", query: { network }, format: "csv" as const, isCompressed: false };
}

function source(batches: () => AsyncIterable<{ n: number }[]>): ExportSource {
  return defineExport({
    name: "test",
    about: "For a test",
    role: "viewer",
    query: z.object({ network: z.string() }),
    open: async () => ({ fileName: "test", title: "Test", columns: ["n"], total: null, batches }),
  });
}

/** A real keyset over a real database. */
function numbers(db: TestDatabase, count: number, onRow?: (n: number) => void): ExportSource {
  const perPage = 5_000;
  const readPage = async (cursor: string | null) => {
    const from = Number(cursor ?? 0);
    const rows = await db.sql<{ n: number; text: string }>(
      `SELECT n, 'number ' || n || ' of many, with some words that make a row as long as rows are' AS text
       FROM generate_series($1::int, $2::int) n`,
      [from + 1, Math.min(from + perPage, count)],
    );
    const last = from + rows.length;
    return { rows, next: last < count ? String(last) : null };
  };
  const batches = pageBatches(readPage, ({ n, text }) => {
    onRow?.(n);
    return { n, text };
  });
  return {
    ...source(async function* () {}),
    open: async (ctx, query) => ({
      ...(await source(async function* () {}).open(ctx, query)),
      columns: ["n", "text"],
      batches,
    }),
  };
}

const endless = source(async function* () {
  for (let n = 0; ; n += 1_000) {
    yield Array.from({ length: 1_000 }, (_, index) => ({ n: n + index }));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

async function openRoom() {
  const db = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "console-exports-"));
  const person = await insertPerson(db);
  const actor = { ...aPerson(person.grants), id: person.id };
  const ctx = aCtx({ db, actor, clock: systemClock });
  const artefacts = openArtefacts(folder);
  const job = async (id: string): Promise<ExportJob> => {
    const found = (await listExports(ctx)).find((listed) => listed.id === id);
    if (!found) throw new Error(`There is no job ${id}.`);
    return found;
  };
  const until = async (id: string, isSo: (job: ExportJob) => boolean) => {
    await expect.poll(async () => isSo(await job(id)), { timeout: 240_000, interval: 50 }).toBe(true);
    return job(id);
  };
  const base: Room = { db, ctx, folder };
  return {
    ...base,
    clock: systemClock,
    artefacts,
    job,
    until,
    ended: (id: string) => until(id, ({ state }) => state !== "queued" && state !== "running"),
    queue: (input: object) => startExport(ctx, { ...nodesOf("mainnet"), ...input }),
    work: (parts: { source?: ExportSource; maxBytes?: number }) => startWorker(base, artefacts, parts),
    [Symbol.asyncDispose]: async () => {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startWorker(
  { db, ctx }: Room,
  artefacts: JobCtx["artefacts"],
  parts: { source?: ExportSource; maxBytes?: number },
): AsyncDisposable {
  const worker = startExportWorker({
    db,
    deps: ctx.deps,
    clock: systemClock,
    log: silentLogger,
    artefacts,
    findSource: (name) => parts.source ?? findExportSource(name),
    maxBytes: parts.maxBytes ?? 4_000 * megabyte,
  });
  return { [Symbol.asyncDispose]: () => worker.stop() };
}
