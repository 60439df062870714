import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { electionOver } from "./election.ts";

const beatMs = 50;
/** A busy machine may be slow to answer: only the test of a lost connection is about losing one. */
const answerMs = 20_000;

function until(condition: () => boolean): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: 30_000, interval: 10 });
}

/** A job that says when it starts and ends, and notices when two of it run at once. */
function aJob() {
  const name = `job-${randomUUID()}`;
  const running = new Set<string>();
  const history: string[] = [];
  let mostAtOnce = 0;
  const work = (who: string) => async (signal: AbortSignal) => {
    history.push(`${who} starts`);
    running.add(who);
    mostAtOnce = Math.max(mostAtOnce, running.size);
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    running.delete(who);
    history.push(`${who} ends`);
  };
  return { name, work, running, history, mostAtOnce: () => mostAtOnce };
}

/** PostgreSQL behind a gate: answers to the question for the lock wait until it opens. */
async function behindGate(url: string) {
  const asked = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const { hostname, port } = new URL(url);
  const gate = createServer((contender) => {
    const server = connect({ host: hostname, port: Number(port) });
    let isHeld = false;
    contender.on("data", (bytes) => {
      isHeld ||= bytes.includes("pg_try_advisory_lock");
      server.write(bytes);
      if (isHeld) asked.resolve();
    });
    server.on("data", async (bytes) => {
      if (isHeld) await opened.promise;
      contender.write(bytes);
    });
    for (const [from, to] of [
      [contender, server],
      [server, contender],
    ] as const) {
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });
  gate.listen(0, "127.0.0.1");
  await once(gate, "listening");
  const gated = new URL(url);
  gated.port = String((gate.address() as AddressInfo).port);
  const close = async () => void gate.close();
  return { url: gated.toString(), asked: asked.promise, open: opened.resolve, [Symbol.asyncDispose]: close };
}

async function cutConnectionOf(db: Awaited<ReturnType<typeof testDatabase>>, name: string) {
  await db.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = $1 AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`,
    [`console-election-${name}`.slice(0, 63)],
  );
}

describe("electionOver", () => {
  it("lets one of two contenders work, and the other take over when the first stops", async () => {
    await using db = await testDatabase();
    const job = aJob();
    const election = electionOver({ connectionString: db.url, log: silentLogger, beatMs, answerMs });
    const first = election.whileElected({ name: job.name, work: job.work("first") });
    await until(() => job.running.has("first"));
    const second = election.whileElected({ name: job.name, work: job.work("second") });
    expect(first.isElected()).toBe(true);
    expect(second.isElected()).toBe(false);
    await first.stop();
    await until(() => job.running.has("second"));
    expect(first.isElected()).toBe(false);
    await second.stop();
    expect(job.history).toEqual(["first starts", "first ends", "second starts", "second ends"]);
    expect(job.mostAtOnce()).toBe(1);
  });

  it("ends the work when its connection is killed, and one of the contenders works again", async () => {
    await using db = await testDatabase();
    const job = aJob();
    const election = electionOver({ connectionString: db.url, log: silentLogger, beatMs, answerMs });
    const first = election.whileElected({ name: job.name, work: job.work("first") });
    await until(() => job.running.has("first"));
    const second = election.whileElected({ name: job.name, work: job.work("second") });
    await cutConnectionOf(db, job.name);
    await until(() => job.history.includes("first ends"));
    await until(() => job.running.size === 1);
    await Promise.all([first.stop(), second.stop()]);
    expect(job.running.size).toBe(0);
  });

  it("does not begin the work of a contender that was told to stop while the lock was being given to it", async () => {
    await using db = await testDatabase();
    await using gate = await behindGate(db.url);
    const job = aJob();
    const election = electionOver({ connectionString: gate.url, log: silentLogger, beatMs, answerMs });
    const contender = election.whileElected({ name: job.name, work: job.work("late") });
    await gate.asked;
    const stopped = contender.stop();
    gate.open();
    await stopped;
    expect(job.history).toEqual([]);
    expect(contender.isElected()).toBe(false);
  });

  it("starts work again that failed", async () => {
    await using db = await testDatabase();
    const election = electionOver({ connectionString: db.url, log: silentLogger, beatMs, answerMs });
    let attempts = 0;
    const contender = election.whileElected({
      name: randomUUID(),
      work: async (signal) => {
        attempts += 1;
        if (attempts === 1) throw new Error("the first attempt fails");
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
    });
    await until(() => attempts === 2 && contender.isElected());
    await contender.stop();
  });

  it("elects for each name by itself", async () => {
    await using db = await testDatabase();
    const [one, other] = [aJob(), aJob()];
    const election = electionOver({ connectionString: db.url, log: silentLogger, beatMs, answerMs });
    const contenders = [one, other].map((job) =>
      election.whileElected({ name: job.name, work: job.work("only") }),
    );
    await until(() => one.running.size === 1 && other.running.size === 1);
    await Promise.all(contenders.map((contender) => contender.stop()));
  });

  it("stops while the database is away", async () => {
    const election = electionOver({
      connectionString: "postgres://127.0.0.1:1/none",
      log: silentLogger,
      beatMs,
      answerMs,
    });
    const contender = election.whileElected({ name: randomUUID(), work: async () => {} });
    await contender.stop();
    expect(contender.isElected()).toBe(false);
  });
});
