import { expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { listNodeEventsInput, nodeEventPageSchema } from "./history-schema.ts";
import { listNodeEvents } from "./list-node-events.ts";
import {
  insertNode,
  insertProbe,
  insertReading,
  insertWorker,
  makeRoom,
  type TestNode,
  testSelf,
} from "./testing/insert-node.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  await insertWorker(db, { at });
  const ctx = aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } });
  const events = async ({ network, key }: TestNode, changes: object = {}) =>
    nodeEventPageSchema.parse(
      await listNodeEvents(ctx, listNodeEventsInput.parse({ network, key, from: "now-3h", ...changes })),
    );
  return Object.assign(db, { events });
}

it("tells what happened to a node, newest first", async () => {
  await using db = await aNetwork();
  const node = await insertNode(db, { reported: { "service.version": "1.14.2" }, reportedAt: ago(3_000) });
  for (const minute of [60, 59, 54, 53, ...Array.from({ length: 51 }, (_, index) => 50 - index)])
    await insertReading(db, node, { at: ago(minute * 60), gauges: { cpu: 0.1 } });
  await insertProbe(db, node, { at: ago(1_200) });
  await insertProbe(db, node, { at: ago(1_140), failed: "connection refused" });
  await insertProbe(db, node, { at: ago(1_080), failed: "connection refused" });
  await insertProbe(db, node, { at: ago(1_020) });
  await db.sql(
    `UPDATE ddc_node SET reported = '{"service.version": "1.15.0"}', reported_at = $1 WHERE id = $2`,
    [ago(600), node.id],
  );
  await db.sql(`UPDATE ddc_node SET reported_at = $1 WHERE id = $2`, [ago(2), node.id]);
  const { rows } = await db.events(node);
  expect(rows.map(({ text, at: from, until }) => [text, from, until])).toEqual([
    ["Version 1.14.2 → 1.15.0, reported", ago(600).toISOString(), null],
    ["2 probes of /info missed: connection refused", ago(1_140).toISOString(), ago(1_020).toISOString()],
    ["No telemetry and no activity for 2 m 00 s", "2026-11-23T11:08:00.000Z", "2026-11-23T11:10:00.000Z"],
    ["No telemetry and no activity for 4 m 00 s", "2026-11-23T11:02:00.000Z", "2026-11-23T11:06:00.000Z"],
  ]);
});

it("tells of a silence that lasts and of probes that are still missed", async () => {
  await using db = await aNetwork();
  const node = await insertNode(db, { reportedAt: ago(900) });
  await insertReading(db, node, { at: ago(900), gauges: { cpu: 0.1 } });
  await insertProbe(db, node, { at: ago(20), failed: "no answer within 2 s" });
  const { rows } = await db.events(node);
  expect(rows.map(({ kind, until, text }) => [kind, until, text])).toEqual([
    ["probe_missed", null, "1 probe of /info missed: no answer within 2 s"],
    ["silence", null, "No telemetry and no activity, still silent"],
  ]);
});

it("notes what the chain changes about a node", async () => {
  await using db = await aNetwork();
  const node = await insertNode(db, { reportedAt: ago(1), mode: "Storage" });
  await db.sql(`UPDATE ddc_node SET registered = jsonb_set(registered, '{mode}', '"Cache"') WHERE id = $1`, [
    node.id,
  ]);
  await db.sql("UPDATE ddc_node SET removed_at = $1 WHERE id = $2", [ago(60), node.id]);
  await db.sql("UPDATE ddc_node SET removed_at = NULL WHERE id = $1", [node.id]);
  await db.sql("UPDATE node_change SET at = $1", [ago(60)]);
  const { rows } = await db.events(node);
  expect(rows.map(({ text }) => text).sort()).toEqual([
    "Mode Storage → Cache, on the chain",
    "Registered again",
    "Removed from the chain",
  ]);
});

it("pages through many events without losing one", async () => {
  await using db = await aNetwork();
  const node = await insertNode(db, { reportedAt: ago(1) });
  for (let version = 0; version < 7; version++)
    await db.sql(
      `UPDATE ddc_node SET reported = jsonb_build_object('service.version', $1::text), reported_at = $2 WHERE id = $3`,
      [`1.${version}`, ago(1_000 - Math.floor(version / 2)), node.id],
    );
  const whole = (await db.events(node)).rows.map(({ id }) => id);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof db.events>> = await db.events(node, { cursor, limit: 2 });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toEqual(whole);
  expect(whole.length).toBeGreaterThanOrEqual(7);
});
