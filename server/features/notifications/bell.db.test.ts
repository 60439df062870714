import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { acknowledgeAlerts } from "../alerts/acknowledge-alerts.ts";
import { createSilence } from "../alerts/create-silence.ts";
import { endSilence } from "../alerts/end-silence.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import { snoozeAlerts } from "../alerts/snooze-alerts.ts";
import { updateRule } from "../alerts/update-rule.ts";
import { explainBell } from "./explain-bell.ts";
import { listNotifications } from "./list-notifications.ts";

const network = "mainnet" as const;
const rule = "dead-letters";
const minute = 60_000;
const start = new Date("2026-11-23T12:00:00.000Z");

/** A network with one critical rule, evaluated by `round`, and somebody who may act on it. */
async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock(start);
  const member = async (role: "operator" | "viewer") => {
    const grants = [{ role, network, environment: null }];
    const { id, email } = await insertPerson(db, { grants });
    return aCtx({ db, clock, actor: { ...aPerson(grants), id, email } });
  };
  const ctx = aCtx({ db, clock, role: "admin" });
  const changes = { severity: "critical" as const };
  await updateRule(ctx, { network, id: rule, revision: 0, reason: "it matters", changes });
  const operator = await member("operator");
  const round = async (topic: string, value: number, atMinute: number) => {
    clock.set(new Date(start.getTime() + atMinute * minute));
    await evaluateNetwork(ctx, network, [
      { rule, subject: { kind: "topic", id: topic, name: topic }, value, note: null },
    ]);
  };
  const alertOf = async (topic: string) => {
    const rows = await db.sql<{ id: string }>(
      "SELECT id::text AS id FROM alert WHERE subject_id = $1 ORDER BY alert.id DESC LIMIT 1",
      [topic],
    );
    return rows[0]?.id ?? "";
  };
  const rings = async () => (await listNotifications(operator, { limit: 100 })).rows.length;
  const why = async (topic: string, who = operator) => {
    const { hasRung, why: words } = await explainBell(who, { network, id: await alertOf(topic) });
    return `${hasRung ? "rang" : "did not ring"}: ${words}`;
  };
  const silence = (forMinutes: number) =>
    createSilence(ctx, { network, rule, forMs: forMinutes * minute, reason: "planned" });
  return Object.assign(db, { ctx, operator, member, round, alertOf, rings, why, silence });
}

describe("the bell of a critical alert", () => {
  it("rings when it fires, and says to whom it does not", async () => {
    await using db = await aConsole();
    await db.round("a", 9, 1);
    expect(await db.rings()).toBe(1);
    expect(await db.why("a")).toBe("rang: it rang");
    expect(await db.why("a", await db.member("viewer"))).toMatch(
      /did not ring: .*operators and admins of mainnet/,
    );
  });

  it("is silent for what a silence hides when it fires, and rings once when that is ended by hand", async () => {
    await using db = await aConsole();
    const { id } = await db.silence(60);
    await db.round("a", 9, 1);
    expect(await db.rings()).toBe(0);
    expect(await db.why("a")).toMatch(
      /did not ring: a silence hides it \(planned\) until 2026-11-23 13:00 UTC/,
    );
    await endSilence(db.ctx, { network, id });
    expect(await db.rings()).toBe(1);
    await db.round("a", 9, 2);
    expect([await db.rings(), await db.why("a")]).toEqual([1, "rang: it rang"]);
  });

  it("rings when the silence runs out and it still fires", async () => {
    await using db = await aConsole();
    await db.silence(10);
    for (const at of [1, 5, 9]) await db.round("a", 9, at);
    expect(await db.rings()).toBe(0);
    await db.round("a", 9, 11);
    expect(await db.rings()).toBe(1);
  });

  it("does not ring for what somebody took, or what resolved, while it was hidden", async () => {
    await using db = await aConsole();
    await db.silence(10);
    await db.round("taken", 9, 1);
    await acknowledgeAlerts(db.ctx, { network, ids: [await db.alertOf("taken")] });
    await db.round("taken", 9, 11);
    expect(await db.rings()).toBe(0);
    expect(await db.why("taken")).toMatch(/had taken it when that ended/);
    await db.silence(10);
    await db.round("over", 9, 12);
    for (const at of [13, 15, 30]) await db.round("over", 0, at);
    expect(await db.rings()).toBe(0);
    expect(await db.why("over")).toMatch(/resolved before anybody heard of it/);
  });

  it("does not ring a second time for what was snoozed after it rang", async () => {
    await using db = await aConsole();
    await db.round("a", 9, 1);
    await snoozeAlerts(db.ctx, { network, ids: [await db.alertOf("a")], forMs: 5 * minute });
    for (const at of [2, 9]) await db.round("a", 9, at);
    expect(await db.rings()).toBe(1);
  });
});
