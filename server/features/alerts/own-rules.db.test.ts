import { expect, it } from "vitest";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertNode, insertReading, makeRoom } from "../nodes/testing/insert-node.ts";
import { createRule } from "./create-rule.ts";
import { evaluateNetwork } from "./evaluate-network.ts";
import { listAlerts } from "./list-alerts.ts";
import { listRevisions } from "./list-revisions.ts";
import { listRules } from "./list-rules.ts";
import { previewRule } from "./preview-rule.ts";
import { aSignalMemory, readSignals } from "./read-signals.ts";
import { reviseRule } from "./revise-rule.ts";
import { type OwnRule, ownRuleSchema } from "./rule-schema.ts";
import { listAlertsInput } from "./schema.ts";
import { loadRules } from "./store.ts";

const network = "mainnet";
const start = new Date("2026-11-23T12:00:00.000Z");
const minuteMs = 60_000;

async function aConsole() {
  const db = await testDatabase();
  await makeRoom(db);
  const clock = fakeClock(start);
  const ctx = aCtx({ db, clock, role: "operator" });
  const node = await insertNode(db);
  const report = (minutesAgo: number, cpu: number) =>
    insertReading(db, node, {
      at: new Date(Math.floor((clock.now().getTime() - minutesAgo * minuteMs) / minuteMs) * minuteMs),
      gauges: { cpu },
    });
  const memory = aSignalMemory();
  const round = async (with_ = memory) => {
    clock.advance(10_000);
    const rules = await loadRules(db, network);
    return evaluateNetwork(ctx, network, await readSignals(ctx, { network, rules, memory: with_ }));
  };
  return Object.assign(db, { ctx, clock, report, round });
}

const busy = (parts: Partial<OwnRule> = {}): OwnRule =>
  ownRuleSchema.parse({
    title: "Busy",
    condition: { kind: "threshold", metric: "cpu", windowMs: 2 * minuteMs, breach: "above", limit: 0.9 },
    severity: "critical",
    forMs: 0,
    labels: { team: "storage" },
    ...parts,
  });

const queue = async (ctx: Ctx) =>
  (await listAlerts(ctx, listAlertsInput.parse({ network }))).rows.filter(({ rule }) =>
    rule.startsWith("own-"),
  );

it("a rule that people wrote fires on what nodes report, with its labels, by whichever process is elected", async () => {
  await using db = await aConsole();
  const { id } = await createRule(db.ctx, { network, rule: busy(), reason: "seen it" });
  await db.report(1, 0.5);
  await db.round();
  expect(await queue(db.ctx)).toEqual([]);
  await db.report(0, 1.5);
  await db.round();
  expect(await queue(db.ctx)).toMatchObject([
    { rule: id, title: "Busy", severity: "critical", labels: { team: "storage" }, seen: 1 },
  ]);
  // Another process has read nothing yet, and sees the same.
  await db.round(aSignalMemory());
  expect(await queue(db.ctx)).toMatchObject([{ rule: id, seen: 2 }]);
});

it("looks only at the nodes that it names, and not at all while it is switched off", async () => {
  await using db = await aConsole();
  const { id, revision } = await createRule(db.ctx, {
    network,
    rule: busy({ nodes: "nobody-*" }),
    reason: "r",
  });
  await db.report(0, 1);
  await db.round();
  expect(await queue(db.ctx)).toEqual([]);
  const off = busy({ isEnabled: false });
  await reviseRule(db.ctx, { network, id, revision, rule: off, reason: "r" });
  await db.round();
  expect(await queue(db.ctx)).toEqual([]);
});

it("every revision is kept; a rule that is taken away closes its alerts and can be brought back", async () => {
  await using db = await aConsole();
  const { id } = await createRule(db.ctx, { network, rule: busy(), reason: "first" });
  await db.report(0, 1);
  await db.round();
  expect(await queue(db.ctx)).toHaveLength(1);
  const removal = { network, id, revision: 1, rule: { isRemoved: true }, reason: "noise" } as const;
  await reviseRule(db.ctx, removal);
  await expect(reviseRule(db.ctx, removal)).rejects.toMatchObject({ code: "conflict" });
  await db.round();
  expect(await queue(db.ctx)).toEqual([]);
  expect((await listRules(db.ctx, { network })).some((rule) => rule.id === id)).toBe(false);
  const [removed, first] = await listRevisions(db.ctx, { network, id });
  expect([removed?.own, first?.own]).toEqual([{ isRemoved: true }, busy()]);
  await reviseRule(db.ctx, { network, id, revision: 2, rule: busy(), reason: "it was not noise" });
  expect((await listRules(db.ctx, { network })).find((rule) => rule.id === id)?.own).toEqual(busy());
  const another = await createRule(db.ctx, { network, rule: busy(), reason: "second" });
  expect(another.id).not.toBe(id);
  expect(await db.sql("SELECT DISTINCT action FROM audit_entry")).toEqual([{ action: "alert.rule" }]);
});

it("says when it would have fired in the last week, and for how long", async () => {
  await using db = await aConsole();
  for (let ago = 300; ago > 0; ago -= 5) await db.report(ago, ago > 100 && ago <= 120 ? 0.99 : 0.4);
  const preview = await previewRule(db.ctx, { network, rule: { own: busy({ forMs: 300_000 }) } });
  if (preview.kind !== "replayed") throw new Error(preview.why);
  // Over its limit for 20 minutes, told after five of them, over a minute after it was fine again.
  expect(preview).toMatchObject({ fired: 1, longestMs: 16 * minuteMs, nodes: 1, ofNodes: 1, limit: 0.9 });
  expect(preview.episodes).toEqual([
    {
      subject: expect.any(String),
      from: "2026-11-23T10:05:00.000Z",
      to: "2026-11-23T10:21:00.000Z",
      forMs: 16 * minuteMs,
    },
  ]);
  expect(preview.bands).toHaveLength(1);
  expect(preview.worst.filter((value) => value !== null)).toHaveLength(60);
  const milder = await previewRule(db.ctx, {
    network,
    rule: { own: busy({ forMs: 1_800_000 }) },
  });
  expect(milder).toMatchObject({ kind: "replayed", fired: 0, bands: [] });
  const unknown = await previewRule(db.ctx, { network, rule: { id: "node-risk", changes: {} } });
  expect(unknown).toEqual({ kind: "unknown", why: expect.stringContaining("risk score") });
});
