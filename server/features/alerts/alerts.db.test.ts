import { describe, expect, it } from "vitest";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { countAlerts } from "./count-alerts.ts";
import { createSilence } from "./create-silence.ts";
import { endSilence } from "./end-silence.ts";
import { evaluateNetwork } from "./evaluate-network.ts";
import { getAlert } from "./get-alert.ts";
import { listAlerts } from "./list-alerts.ts";
import { listRevisions } from "./list-revisions.ts";
import { listRules } from "./list-rules.ts";
import { listSilences } from "./list-silences.ts";
import { previewSilence } from "./preview-silence.ts";
import { releaseAlerts } from "./release-alerts.ts";
import {
  type AlertView,
  alertPageSchema,
  listAlertsInput,
  listSilencesInput,
  type Severity,
  severities,
} from "./schema.ts";
import type { Signal } from "./signals.ts";
import { snoozeAlerts } from "./snooze-alerts.ts";
import { updateRule } from "./update-rule.ts";

const start = new Date("2026-11-23T12:00:00.000Z");
const network = "mainnet";

async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock(start);
  const ctx = aCtx({ db, clock, role: "operator" });
  const round = async (signals: readonly Signal[], afterMs = 10_000) => {
    clock.advance(afterMs);
    return evaluateNetwork(ctx, network, signals);
  };
  const view = (name: AlertView, rest: object = {}) =>
    listAlerts(ctx, listAlertsInput.parse({ network, view: name, ...rest }));
  return Object.assign(db, { ctx, clock, round, view });
}

function deadLetters(value: number | null, topic = "ddc.activity"): Signal {
  return { rule: "dead-letters", subject: { kind: "topic", id: topic, name: topic }, value, note: null };
}
function silence(value: number | null, key = "0x01"): Signal {
  return { rule: "node-silent", subject: { kind: "node", id: key, name: `node ${key}` }, value, note: null };
}

async function firing(db: Awaited<ReturnType<typeof aConsole>>, topics: readonly string[]) {
  await db.round(topics.map((topic) => deadLetters(9, topic)));
  return (await db.view("queue")).rows.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
}

describe("the evaluator", () => {
  it("carries an alert from pending to firing to resolved, and tells each step once", async () => {
    await using db = await aConsole();
    await db.round([silence(20_000)]);
    expect((await db.view("pending")).rows).toHaveLength(1);
    await db.round([silence(30_000)]);
    await db.round([silence(40_000)]);
    const [alert] = alertPageSchema.parse(await db.view("queue")).rows;
    expect(alert).toMatchObject({
      title: "Node silent",
      detail: "40 s, limit above 15 s for 15 s",
      severity: "warning",
      state: "firing",
      seen: 3,
      pendingAt: "2026-11-23T12:00:10.000Z",
      firingAt: "2026-11-23T12:00:30.000Z",
    });
    for (let rounds = 0; rounds < 7; rounds += 1) await db.round([silence(500)]);
    expect((await db.view("queue")).rows).toEqual([]);
    const [ended] = (await db.view("resolved")).rows;
    expect(ended).toMatchObject({
      id: alert?.id,
      state: "resolved",
      detail: "40 s, limit above 15 s for 15 s",
    });
    const { events } = await getAlert(db.ctx, { network, id: alert?.id ?? "" });
    expect(events.map(({ kind }) => kind)).toEqual(["resolved", "fine", "firing", "pending"]);
  });

  it("keeps what fires while nothing can be told, and closes what is no longer watched", async () => {
    await using db = await aConsole();
    await db.round([deadLetters(9)]);
    await db.round([deadLetters(null)], 600_000);
    expect((await db.view("queue")).rows).toHaveLength(1);
    await db.round([]);
    expect((await db.view("queue")).rows).toEqual([]);
    expect((await db.view("resolved")).rows).toHaveLength(1);
  });

  it("has one alert a rule and subject although two evaluate at once", async () => {
    await using db = await aConsole();
    db.clock.advance(10_000);
    await Promise.all([1, 2, 3].map(() => evaluateNetwork(db.ctx, network, [deadLetters(9)])));
    const { rows } = await db.view("queue");
    expect(rows).toHaveLength(1);
    const { events } = await getAlert(db.ctx, { network, id: rows[0]?.id ?? "" });
    expect(events).toHaveLength(1);
  });

  it("stays on its network", async () => {
    await using db = await aConsole();
    await db.round([deadLetters(9)]);
    expect(await countAlerts(db.ctx, { network: "devnet" })).toMatchObject({ queue: 0, evaluatedAt: null });
    expect(await countAlerts(db.ctx, { network })).toMatchObject({
      queue: 1,
      bySeverity: { critical: 0, warning: 1, info: 0 },
      dead: null,
    });
  });

  it("is missed when it stops", async () => {
    await using db = await aConsole();
    await db.round([]);
    db.clock.advance(46_000);
    expect((await countAlerts(db.ctx, { network })).dead).toContain("nobody is watching");
  });

  it("tells browsers of a change, and of nothing when nothing changed", async () => {
    await using db = await aConsole();
    const notices = await noticesOf(db, async () => {
      await db.round([deadLetters(9)]);
      await db.round([deadLetters(9)]);
      await db.round([deadLetters(null)]);
    });
    expect(notices.filter(({ topic }) => topic === "alerts")).toHaveLength(1);
  });
});

describe("review", () => {
  it("lets only the first of two operators acknowledge, and tells the other by whom", async () => {
    await using db = await aConsole();
    const [id = ""] = await firing(db, ["a"]);
    const people = ["Kenji", "Mara"].map((name): Ctx => {
      const person = aPerson([{ role: "operator", network: null, environment: null }]);
      return { ...db.ctx, actor: { ...person, name } };
    });
    const outcomes = await Promise.all(people.map((ctx) => acknowledgeAlerts(ctx, { network, ids: [id] })));
    const winner = outcomes.findIndex(([outcome]) => outcome?.kind === "done");
    const loser = outcomes[1 - winner]?.[0];
    expect(loser).toMatchObject({ id, kind: "refused" });
    expect(loser?.reason).toContain(people[winner]?.actor.name);
    expect((await db.view("acknowledged")).rows[0]?.owner).toBe(people[winner]?.actor.name);
  });

  it("reports each failure of a bulk action and does the rest", async () => {
    await using db = await aConsole();
    const [one = "", two = ""] = await firing(db, ["a", "b"]);
    await acknowledgeAlerts(db.ctx, { network, ids: [one] });
    const outcomes = await acknowledgeAlerts(db.ctx, { network, ids: [one, two, "999"], comment: "on it" });
    expect(outcomes.map(({ kind }) => kind)).toEqual(["refused", "done", "refused"]);
    expect(await db.sql("SELECT action, subject FROM audit_entry ORDER BY id")).toEqual([
      { action: "alert.acknowledge", subject: `alert:${one}` },
      { action: "alert.acknowledge", subject: `alert:${two}` },
    ]);
    await releaseAlerts(db.ctx, { network, ids: [one, two] });
    expect((await db.view("queue")).rows).toHaveLength(2);
  });

  it("brings a snoozed alert back when its time is over", async () => {
    await using db = await aConsole();
    const ids = await firing(db, ["a"]);
    await snoozeAlerts(db.ctx, { network, ids, forMs: 600_000 });
    expect(await countAlerts(db.ctx, { network })).toMatchObject({ queue: 0, quiet: 1 });
    db.clock.advance(600_000);
    expect(await countAlerts(db.ctx, { network })).toMatchObject({ queue: 1, quiet: 0 });
  });

  it("pages through a queue of any length, worst first, without losing or repeating one", async () => {
    await using db = await aConsole();
    const { id } = networkByName(network);
    await db.sql(
      `INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, severity, state, title, detail, pending_at,
                          firing_at, evaluated_at)
       SELECT $1, 'node-silent', 'node', n::text, 'n', 1 + n % 3, 'firing', 't', 'd', $2, $2, $2 FROM generate_series(1, 250) n`,
      [id, start],
    );
    const seen: string[] = [];
    const ranks: Severity[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page = await db.view("queue", { cursor, limit: 40 });
      seen.push(...page.rows.map((row) => row.id));
      ranks.push(...page.rows.map((row) => row.severity));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(250);
    expect(seen).toHaveLength(250);
    expect(ranks).toEqual([...ranks].sort((a, b) => severities.indexOf(a) - severities.indexOf(b)));
    expect((await db.view("queue", { text: "100%" })).rows).toEqual([]);
  });
});

describe("silences", () => {
  it("hide what is open and what opens, until they are ended", async () => {
    await using db = await aConsole();
    await firing(db, ["a"]);
    const which = { network, rule: "dead-letters" } as const;
    expect(await previewSilence(db.ctx, which)).toMatchObject({ open: 1, lastWeek: 1 });
    const made = await createSilence(db.ctx, { ...which, forMs: 3_600_000, reason: "planned move" });
    expect(made).toMatchObject({ hides: 1, isRunning: true, madeBy: "A operator" });
    await db.round([deadLetters(9, "a"), deadLetters(9, "b")]);
    expect(await countAlerts(db.ctx, { network })).toMatchObject({ queue: 0, quiet: 2 });
    const ended = await endSilence(db.ctx, { network, id: made.id });
    expect(ended).toMatchObject({ isRunning: false, endedBy: "A operator" });
    expect(await countAlerts(db.ctx, { network })).toMatchObject({ queue: 2, quiet: 0 });
    await expect(endSilence(db.ctx, { network, id: made.id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("that hide nothing for a day are called forgotten", async () => {
    await using db = await aConsole();
    const subject = { kind: "node", id: "0x01" } as const;
    await createSilence(db.ctx, { network, subject, forMs: 3 * 86_400_000, reason: "moving" });
    const list = () => listSilences(db.ctx, listSilencesInput.parse({ network }));
    expect((await list()).rows[0]?.isForgotten).toBe(false);
    db.clock.advance(86_400_000);
    expect((await list()).rows[0]?.isForgotten).toBe(true);
    expect((await countAlerts(db.ctx, { network })).forgotten).toBe(1);
    await firing(db, ["a"]);
    await createSilence(db.ctx, { network, rule: "dead-letters", forMs: 3 * 86_400_000, reason: "noise" });
    db.clock.advance(86_400_000);
    expect((await countAlerts(db.ctx, { network })).forgotten).toBe(1);
  });
});

describe("rules", () => {
  it("are changed by revisions, and count from the next round on", async () => {
    await using db = await aConsole();
    await firing(db, ["a"]);
    const base = { network, id: "dead-letters", reason: "noise" } as const;
    const changed = await updateRule(db.ctx, { ...base, revision: 0, changes: { limit: 100 } });
    expect(changed).toMatchObject({ revision: 1, limit: 100, limitText: "above 100 records, at once" });
    for (let rounds = 0; rounds < 8; rounds += 1) await db.round([deadLetters(9, "a")]);
    expect((await db.view("queue")).rows).toEqual([]);
    await expect(updateRule(db.ctx, { ...base, revision: 0, changes: {} })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(updateRule(db.ctx, { ...base, revision: 1, changes: { limit: -1 } })).rejects.toMatchObject({
      code: "invalid",
    });
    await updateRule(db.ctx, { ...base, revision: 1, changes: {} });
    expect((await listRules(db.ctx, { network })).find(({ id }) => id === base.id)).toMatchObject({
      limit: 5,
      revision: 2,
    });
    expect((await listRevisions(db.ctx, base)).map(({ changes }) => changes)).toEqual([{}, { limit: 100 }]);
  });
});
