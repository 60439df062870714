import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { acknowledgeAlerts } from "../alerts/acknowledge-alerts.ts";
import { createSilence } from "../alerts/create-silence.ts";
import { endSilence } from "../alerts/end-silence.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
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

describe("the bell of what another alert explains", () => {
  const node = { kind: "node", id: "0x01", name: "n1" } as const;
  const [silentRule, riskRule] = ["node-silent", "node-risk"] as const;

  /** A node whose silence (source) and risk (target) fire at once; rounds every 10 s. */
  async function aNode() {
    const db = await aConsole();
    const clock = fakeClock(start);
    const ctx = { ...db.ctx, clock };
    const rounds = async (count: number, { silentMs, risk }: { silentMs: number; risk: number }) => {
      for (let done = 0; done < count; done++) {
        clock.advance(10_000);
        await evaluateNetwork(ctx, network, [
          { rule: silentRule, subject: node, value: silentMs, note: null },
          { rule: riskRule, subject: node, value: risk, note: null },
        ]);
      }
    };
    const find = async (rule: string) => {
      const [row] = await db.sql<{ id: string; by: string | null; state: string }>(
        "SELECT id::text AS id, inhibited_by::text AS by, state FROM alert WHERE rule = $1 ORDER BY alert.id DESC LIMIT 1",
        [rule],
      );
      return row ?? { id: "", by: null, state: "none" };
    };
    const titles = async () =>
      (await listNotifications(db.operator, { limit: 100 })).rows.map(({ title }) => title);
    const verdict = async () =>
      explainBell({ ...db.operator, clock }, { network, id: (await find(riskRule)).id });
    const queue = async () =>
      (await listAlerts(ctx, { network, view: "queue", limit: 10 })).rows.map(({ rule }) => rule);
    return Object.assign(db, { nodeCtx: ctx, rounds, find, titles, verdict, queue });
  }
  const ill = { silentMs: 60_000, risk: 90 };

  it("is held while that one fires, says by which, and rings once when it has ended", async () => {
    await using db = await aNode();
    await db.rounds(10, ill);
    const source = await db.find(silentRule);
    expect(await db.find(riskRule)).toMatchObject({ state: "firing", by: source.id });
    expect([await db.titles(), await db.queue()]).toEqual([[], [silentRule]]);
    expect(await db.verdict()).toMatchObject({
      hasRung: false,
      why: expect.stringContaining(`alert ${source.id} (Node silent) explains it`),
      inhibitedBy: { id: source.id, title: "Node silent" },
    });
    await db.rounds(9, { silentMs: 0, risk: 90 });
    expect([await db.titles(), await db.queue()]).toEqual([["Risk of a penalty"], [riskRule]]);
    await db.rounds(3, { silentMs: 0, risk: 90 });
    expect(await db.titles()).toHaveLength(1);
    expect(await db.verdict()).toMatchObject({ hasRung: true, inhibitedBy: null });
  });

  it("stays held when the source is silenced: somebody knows of it", async () => {
    await using db = await aNode();
    await db.rounds(2, ill);
    await createSilence(db.nodeCtx, { network, rule: silentRule, forMs: 60 * minute, reason: "planned" });
    await db.rounds(10, ill);
    expect([await db.titles(), await db.queue()]).toEqual([[], []]);
  });

  it("keeps quiet about what ends no later than its source, and about what somebody took", async () => {
    await using db = await aNode();
    await db.rounds(10, ill);
    await db.rounds(9, { silentMs: 60_000, risk: 0 });
    expect([await db.titles(), (await db.find(riskRule)).state]).toEqual([[], "resolved"]);
    expect((await db.verdict()).why).toMatch(/resolved before anybody heard of it/);
    await db.rounds(10, ill);
    await acknowledgeAlerts(db.nodeCtx, { network, ids: [(await db.find(riskRule)).id] });
    await db.rounds(9, { silentMs: 0, risk: 90 });
    expect(await db.titles()).toEqual([]);
    expect((await db.verdict()).why).toMatch(/had taken it when that ended/);
  });

  it("does not ring again for what rang before its source fired, and marks anew after marks were lost", async () => {
    await using db = await aNode();
    await db.rounds(10, { silentMs: 0, risk: 90 });
    expect(await db.titles()).toHaveLength(1);
    await db.rounds(3, ill);
    const { by } = await db.find(riskRule);
    expect(by).toBe((await db.find(silentRule)).id);
    await db.sql("UPDATE alert SET inhibited_by = NULL");
    await db.rounds(1, ill);
    expect((await db.find(riskRule)).by).toBe(by);
    await db.rounds(9, { silentMs: 0, risk: 90 });
    expect(await db.titles()).toHaveLength(1);
  });
});
