import { describe, expect, it } from "vitest";
import { networkByName } from "../../kernel/networks.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { listAlerts } from "./list-alerts.ts";
import { listGroups } from "./list-groups.ts";
import { rankOf } from "./rules.ts";
import { alertGroupPageSchema, listAlertsInput, listGroupsInput, type Severity } from "./schema.ts";
import { snoozeAlerts } from "./snooze-alerts.ts";

const network = "mainnet" as const;
const at = new Date("2026-11-23T12:00:00.000Z");

type Fired = { rule: string; node: string; severity?: Severity; state?: "firing" | "pending" };

async function aConsole(alerts: readonly Fired[]) {
  const db = await testDatabase();
  const ctx = aCtx({ db, clock: fakeClock(at), role: "operator" });
  for (const alert of alerts) await insertAlert(db, alert);
  const groups = async (by: string, rest: object = {}) =>
    alertGroupPageSchema.parse(await listGroups(ctx, listGroupsInput.parse({ network, by, ...rest })));
  const list = async (filter: object) =>
    (await listAlerts(ctx, listAlertsInput.parse({ network, ...filter }))).rows;
  return Object.assign(db, { ctx, groups, list });
}

function insertAlert(db: TestDatabase, { rule, node, severity = "warning", state = "firing" }: Fired) {
  return db.sql(
    `INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, severity, state, title, detail,
       pending_at, firing_at, evaluated_at)
     VALUES ($1, $2, 'node', $3, 'node ' || $3, $4, $5, 'title of ' || $2, '', $6, $6, $6)`,
    [networkByName(network).id, rule, node, rankOf(severity), state, at],
  );
}

const fleet: Fired[] = [
  { rule: "slow", node: "a" },
  { rule: "slow", node: "b" },
  { rule: "slow", node: "c", state: "pending" },
  { rule: "silent", node: "a", severity: "critical" },
  { rule: "disk", node: "b", severity: "info" },
];

describe("groups of alerts", () => {
  it("are counted by rule, subject and severity, the worst first and then the largest", async () => {
    await using db = await aConsole(fleet);
    const words = async (by: string, rest: object = {}) =>
      (await db.groups(by, rest)).rows.map(({ key, alerts, severity }) => `${key} ${alerts} ${severity}`);
    expect(await words("rule")).toEqual(["silent 1 critical", "slow 2 warning", "disk 1 info"]);
    expect(await words("subject")).toEqual(["node:a 2 critical", "node:b 2 warning"]);
    expect(await words("severity")).toEqual(["critical 1 critical", "warning 2 warning", "info 1 info"]);
    expect(await words("rule", { view: "pending" })).toEqual(["slow 1 warning"]);
    expect(await words("rule", { text: "node b", severity: ["warning"] })).toEqual(["slow 1 warning"]);
  });

  it("say what is in them, and their alerts are those of the list", async () => {
    await using db = await aConsole(fleet);
    const { rows } = await db.groups("subject");
    expect(rows[0]).toMatchObject({
      rule: null,
      subject: { kind: "node", id: "a", name: "node a" },
      name: "node a",
      bySeverity: { critical: 1, warning: 1, info: 0 },
      owned: 0,
      newestAt: at.toISOString(),
    });
    for (const { subject, alerts } of rows) {
      const of = await db.list({ subject: { kind: subject?.kind, id: subject?.id } });
      expect(of.map(({ subject: own }) => own.id)).toEqual(new Array(alerts).fill(subject?.id));
    }
    expect((await db.list({ rule: "slow" })).map(({ rule }) => rule)).toEqual(["slow", "slow"]);
    expect((await db.groups("rule")).rows[1]).toMatchObject({ rule: "slow", name: "title of slow" });
  });

  it("come in pages of which none repeats or leaves out a group", async () => {
    await using db = await aConsole(
      ["c", "a", "e", "b", "d"].map((name) => ({ rule: `rule:${name} with "signs"`, node: name })),
    );
    const keys: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await db.groups("rule", { limit: 2, cursor });
      keys.push(...page.rows.map(({ key }) => key));
      cursor = page.next;
    } while (cursor !== null);
    expect(keys).toEqual(["a", "b", "c", "d", "e"].map((name) => `rule:${name} with "signs"`));
    await expect(db.groups("rule", { cursor: "broken" })).rejects.toMatchObject({ code: "invalid" });
  });

  it("lose what was acted on as a whole, and each that was not is named", async () => {
    await using db = await aConsole(fleet);
    const slow = await db.list({ rule: "slow", limit: 500 });
    const [first] = slow;
    await acknowledgeAlerts(db.ctx, { network, ids: [first?.id ?? ""] });
    const outcomes = await acknowledgeAlerts(db.ctx, { network, ids: slow.map(({ id }) => id) });
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "refused"]);
    expect(outcomes.find(({ id }) => id === first?.id)?.reason).toMatch(/acknowledged it at/);
    const keys = async () => (await db.groups("rule")).rows.map(({ key }) => key);
    expect(await keys()).toEqual(["silent", "disk"]);
    const [silent] = await db.list({ rule: "silent" });
    await snoozeAlerts(db.ctx, { network, ids: [silent?.id ?? ""], forMs: 3_600_000 });
    expect(await keys()).toEqual(["disk"]);
    const taken = (await db.groups("rule", { view: "acknowledged" })).rows;
    expect(taken.map(({ alerts, owned }) => [alerts, owned])).toEqual([[2, 2]]);
  });
});
