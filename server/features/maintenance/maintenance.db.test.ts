import { describe, expect, it } from "vitest";
import type { OnceWindow } from "../../kernel/time-window.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { countAlerts } from "../alerts/count-alerts.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import { getAlert } from "../alerts/get-alert.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { releaseAlerts } from "../alerts/release-alerts.ts";
import { listAlertsInput } from "../alerts/schema.ts";
import type { Signal } from "../alerts/signals.ts";
import { updateRule } from "../alerts/update-rule.ts";
import { createReceiver } from "../notify/create-receiver.ts";
import { createRoute } from "../notify/create-route.ts";
import { gatherDeliveries } from "../notify/gather-deliveries.ts";
import { routeDefinitionSchema } from "../notify/schema.ts";
import { createMaintenance } from "./create-maintenance.ts";
import { endMaintenance } from "./end-maintenance.ts";
import { listMaintenance } from "./list-maintenance.ts";
import { listRunning } from "./list-running.ts";
import { previewMaintenance } from "./preview-maintenance.ts";
import { definitionSchema } from "./schema.ts";
import { updateMaintenance } from "./update-maintenance.ts";

const network = "mainnet" as const;
const start = new Date("2026-11-23T12:00:00.000Z");
const minute = 60_000;
const inMinutes = (minutes: number) => new Date(start.getTime() + minutes * minute).toISOString();
const from = (begin: number, end: number): OnceWindow => ({
  kind: "once",
  startsAt: inMinutes(begin),
  endsAt: inMinutes(end),
});

async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock(start);
  const ctx = aCtx({ db, clock, role: "admin" });
  const target = { kind: "webhook", url: "https://hook.test/x" } as const;
  const { id: receiver } = await createReceiver(ctx, { name: "hook", target });
  const definition = routeDefinitionSchema.parse({ waitMs: 0, everyMs: 0 });
  await createRoute(ctx, { network, name: "all", receiver, definition });
  /** To the given minute; the figures of the topics are then those. */
  const round = async (at: number, figures: Record<string, number>) => {
    clock.advance(Date.parse(inMinutes(at)) - clock.now().getTime());
    const signals = Object.entries(figures).map(([topic, value]): Signal => {
      return {
        rule: "dead-letters",
        subject: { kind: "topic", id: topic, name: topic },
        value,
        note: null,
      };
    });
    await evaluateNetwork(ctx, network, signals);
    await gatherDeliveries(ctx);
  };
  const told = async () => {
    const rows = await db.sql<{ words: string }>(
      `SELECT i.change || ' ' || a.subject_name AS words FROM notify_item i JOIN alert a ON a.id = i.alert
       WHERE i.delivery IS NOT NULL ORDER BY i.id`,
    );
    return rows.map(({ words }) => words);
  };
  const make = (parts: object) =>
    createMaintenance(ctx, {
      network,
      definition: definitionSchema.parse({ title: "Kafka upgrade", rule: null, names: "*", ...parts }),
    });
  const view = async (name: string) =>
    (await listAlerts(ctx, listAlertsInput.parse({ network, view: name }))).rows;
  return Object.assign(db, { ctx, clock, round, told, make, view });
}

describe("an alert within a window", () => {
  it("keeps its state, tells nobody, and is told once when the window is over and it still fires", async () => {
    await using db = await aConsole();
    await db.make({ time: from(10, 60) });
    await db.round(20, { a: 9 });
    expect(await db.view("queue")).toEqual([]);
    const [alert] = await db.view("quiet");
    expect(alert).toMatchObject({ state: "firing", maintenanceUntil: inMinutes(60), quietUntil: null });
    expect(await countAlerts(db.ctx, { network })).toMatchObject({ queue: 0, quiet: 1 });
    await db.round(59, { a: 9 });
    expect(await db.told()).toEqual([]);
    for (const at of [60, 61, 62]) await db.round(at, { a: 9 });
    expect(await db.view("queue")).toMatchObject([{ id: alert?.id, maintenance: null }]);
    expect(await db.told()).toEqual(["firing a"]);
    const { events } = await getAlert(db.ctx, { network, id: alert?.id ?? "" });
    expect(events.map(({ kind }) => kind)).toEqual(["maintained", "firing", "maintenance"]);
  });

  it("that resolves before its end was never news", async () => {
    await using db = await aConsole();
    await db.make({ time: from(0, 60) });
    await db.round(10, { a: 9 });
    for (const at of [11, 12, 13, 61, 62]) await db.round(at, { a: 0 });
    expect(await db.view("resolved")).toHaveLength(1);
    expect(await db.told()).toEqual([]);
  });

  it("that was told before is not told again, but of its end", async () => {
    await using db = await aConsole();
    await db.make({ time: from(10, 60) });
    await db.round(5, { a: 9 });
    for (const at of [20, 61]) await db.round(at, { a: 9 });
    expect(await db.told()).toEqual(["firing a"]);
    for (const at of [62, 64]) await db.round(at, { a: 0 });
    expect(await db.told()).toEqual(["firing a", "resolved a"]);
  });

  it("is held by the longest of those that overlap", async () => {
    await using db = await aConsole();
    const short = await db.make({ title: "short", time: from(0, 30) });
    const long = await db.make({ title: "long", rule: "dead-letters", time: from(20, 60) });
    await db.round(10, { a: 9 });
    expect((await db.view("quiet"))[0]?.maintenance).toBe(short.id);
    await db.round(25, { a: 9 });
    expect((await db.view("quiet"))[0]?.maintenance).toBe(long.id);
    await db.round(40, { a: 9 });
    expect(await db.told()).toEqual([]);
    await db.round(60, { a: 9 });
    expect(await db.told()).toEqual(["firing a"]);
  });

  it("is told at its end although nobody evaluates any more", async () => {
    await using db = await aConsole();
    await db.make({ time: from(0, 60) });
    await db.round(10, { a: 9 });
    db.clock.advance(50 * minute);
    await gatherDeliveries(db.ctx);
    expect(await db.told()).toEqual(["firing a"]);
    expect(await db.view("queue")).toHaveLength(1);
  });

  it("comes to the same after a clock that jumped, and with two evaluators at once", async () => {
    await using db = await aConsole();
    await db.make({ time: from(10, 60) });
    await db.round(20, { a: 9 });
    await db.round(5, { a: 9, b: 9 });
    expect((await db.view("queue")).map(({ subject }) => subject.id).sort()).toEqual(["a", "b"]);
    db.clock.advance(25 * minute);
    await Promise.all([1, 2, 3].map(() => evaluateNetwork(db.ctx, network, [])));
    const entered = await db.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM alert_event WHERE kind = 'maintenance'",
    );
    expect(entered).toEqual([{ n: 1 }]);
  });

  it("is only what the window names: a rule, subjects by a pattern whose signs stand for themselves, or both", async () => {
    await using db = await aConsole();
    await db.make({ names: "ddc_*", time: from(0, 60) });
    await db.make({ rule: "node-silent", names: null, time: from(0, 60) });
    await db.round(10, { ddc_activity: 9, "ddc.activity": 9, other: 9 });
    expect((await db.view("quiet")).map(({ subject }) => subject.id)).toEqual(["ddc_activity"]);
    expect(
      await previewMaintenance(db.ctx, { network, rule: "dead-letters", names: "ddc*", time: null }),
    ).toMatchObject({ open: 2, lastWeek: 2 });
  });

  it("rings the bell of nobody until it is let go", async () => {
    await using db = await aConsole();
    const operator = await insertPerson(db, {
      grants: [{ role: "operator", network: null, environment: null }],
    });
    const bell = () => db.sql("SELECT kind, tone FROM notification WHERE user_id = $1", [operator.id]);
    const { id } = await db.make({ time: from(0, 60) });
    await updateRule(db.ctx, {
      ...{ network, id: "dead-letters", revision: 0, reason: "it matters" },
      changes: { severity: "critical" },
    });
    await db.round(10, { a: 9 });
    expect(await bell()).toEqual([]);
    await endMaintenance(db.ctx, { network, id });
    expect(await bell()).toEqual([{ kind: "alert", tone: "crit" }]);
    await db.round(11, { a: 9 });
    expect(await bell()).toHaveLength(1);
  });

  it("is not released by hand", async () => {
    await using db = await aConsole();
    await db.make({ time: from(0, 60) });
    await db.round(10, { a: 9 });
    const ids = (await db.view("quiet")).map(({ id }) => id);
    const [outcome] = await releaseAlerts(db.ctx, { network, ids });
    expect(outcome?.reason).toContain("maintenance window");
  });
});

describe("a window", () => {
  it("that somebody ends lets go at once, is told at once, and is ended once", async () => {
    await using db = await aConsole();
    const { id } = await db.make({ time: from(0, 60) });
    await db.round(10, { a: 9 });
    const ended = await endMaintenance(db.ctx, { network, id });
    expect(ended).toMatchObject({ state: "ended", endedBy: "A admin", closesAt: inMinutes(10), holds: 0 });
    await gatherDeliveries(db.ctx);
    expect(await db.told()).toEqual(["firing a"]);
    await expect(endMaintenance(db.ctx, { network, id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is changed by revisions with what was before, and what it holds follows", async () => {
    await using db = await aConsole();
    const made = await db.make({ time: from(0, 60) });
    await db.round(10, { a: 9 });
    const definition = definitionSchema.parse({ ...made, names: "b", time: from(0, 90) });
    const change = { network, id: made.id, definition, reason: "only b" };
    const changed = await updateMaintenance(db.ctx, { ...change, revision: 1 });
    expect(changed).toMatchObject({ revision: 2, names: "b", closesAt: inMinutes(90), holds: 0 });
    expect(await db.view("queue")).toHaveLength(1);
    await expect(updateMaintenance(db.ctx, { ...change, revision: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    const entries = await db.sql<{ action: string; before: unknown }>(
      "SELECT action, before FROM audit_entry WHERE subject LIKE 'maintenance:%' ORDER BY id",
    );
    expect(entries).toMatchObject([
      { action: "maintenance.create", before: null },
      { action: "maintenance.update", before: { names: "*", revision: 1 } },
    ]);
  });

  it("needs an end that is to come, and names something", async () => {
    await using db = await aConsole();
    await expect(db.make({ time: from(-60, -10) })).rejects.toMatchObject({ code: "invalid" });
    await expect(db.make({ time: from(0, 60 * 24 * 31) })).rejects.toMatchObject({ code: "invalid" });
    expect(() => definitionSchema.parse({ title: "t", rule: null, names: null, time: from(0, 1) })).toThrow();
  });

  it("stands in the list with what it does now and next; each week until its last", async () => {
    await using db = await aConsole();
    const weekly = {
      ...{ kind: "weekly", days: [1, 4], from: "13:00", to: "14:00", zone: "Europe/Berlin" },
      ...{ firstAt: inMinutes(-60), lastAt: inMinutes(60 * 24 * 30) },
    };
    await db.make({ title: "weekly", time: weekly });
    await db.make({ title: "later", time: from(60, 120) });
    await db.make({ title: "soon over", time: from(0, 5) });
    db.clock.advance(10 * minute);
    const first = await listMaintenance(db.ctx, { network, limit: 2 });
    const rest = await listMaintenance(db.ctx, { network, limit: 2, cursor: first.next });
    const rows = [...first.rows, ...rest.rows];
    expect(rows.map(({ title, state }) => [title, state])).toEqual([
      ["weekly", "running"],
      ["later", "upcoming"],
      ["soon over", "ended"],
    ]);
    expect(rows[0]).toMatchObject({
      current: { startsAt: inMinutes(0), endsAt: inMinutes(60) },
      next: { startsAt: inMinutes(3 * 24 * 60) },
    });
    expect((await listRunning(db.ctx, { network })).map(({ title }) => title)).toEqual(["weekly"]);
    expect(await listRunning(db.ctx, { network: "devnet" })).toEqual([]);
  });
});
