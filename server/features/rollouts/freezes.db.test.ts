import { expect, it } from "vitest";
import type { TimeWindow } from "../../kernel/time-window.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { noticesOf } from "../../testing/listen-notices.ts";
import { createCaller } from "../../trpc/root.ts";
import { createFreeze } from "./create-freeze.ts";
import { endFreeze } from "./end-freeze.ts";
import { listFreezes } from "./list-freezes.ts";
import { listFreezesInForce } from "./list-freezes-in-force.ts";
import { updateFreeze } from "./update-freeze.ts";

const environment = "staging" as const;
const start = new Date("2026-11-23T12:00:00.000Z");
const inHours = (hours: number) => new Date(start.getTime() + hours * 3_600_000).toISOString();
const once = (from: number, to: number): TimeWindow => ({
  kind: "once",
  startsAt: inHours(from),
  endsAt: inHours(to),
});
const weekends: TimeWindow = {
  ...{ kind: "weekly", days: [5], from: "16:00", to: "08:00", zone: "Europe/Berlin" },
  ...{ firstAt: inHours(-24), lastAt: inHours(24 * 60) },
};

async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock(start);
  return Object.assign(db, { ctx: aCtx({ db, clock, role: "operator" }), clock });
}

it("is in force from its first moment up to its end, once or each week, in its environment only", async () => {
  await using db = await aConsole();
  await createFreeze(db.ctx, { environment, time: once(1, 2), reason: "quarter end" });
  await createFreeze(db.ctx, { environment, time: weekends, reason: "weekend" });
  const at = async (hours: number, where: "staging" | "prod" = environment) => {
    db.clock.advance(Date.parse(inHours(hours)) - db.clock.now().getTime());
    const { running, upcoming } = await listFreezesInForce(db.ctx, { environment: where });
    return [running.map(({ reason }) => reason), upcoming?.reason ?? null];
  };
  expect(await at(0)).toEqual([[], "quarter end"]);
  expect(await at(1)).toEqual([["quarter end"], "weekend"]);
  expect(await at(1, "prod")).toEqual([[], null]);
  expect(await at(2)).toEqual([[], "weekend"]);
  // Friday, 16:00 in Berlin.
  expect(await at(4 * 24 + 3)).toEqual([["weekend"], null]);
});

it("is changed by revisions and ended once, with reasons and what was before in the audit log", async () => {
  await using db = await aConsole();
  const { id } = await createFreeze(db.ctx, { environment, time: once(-1, 2), reason: "quarter end" });
  const change = { environment, id, time: once(-1, 9), reason: "quarter end", why: "it takes longer" };
  const changed = await updateFreeze(db.ctx, { ...change, revision: 1 });
  expect(changed).toMatchObject({ revision: 2, closesAt: inHours(9), state: "running" });
  await expect(updateFreeze(db.ctx, { ...change, revision: 1 })).rejects.toMatchObject({ code: "conflict" });
  const other = { environment: "prod", id, why: "x" } as const;
  await expect(endFreeze(db.ctx, other)).rejects.toMatchObject({ code: "not_found" });
  const notices = await noticesOf(db, async () => {
    const ended = await endFreeze(db.ctx, { environment, id, why: "an urgent fix" });
    expect(ended).toMatchObject({ state: "ended", endedBy: "A operator" });
  });
  expect(notices).toMatchObject([{ topic: "deployments", ids: [] }]);
  await expect(endFreeze(db.ctx, { environment, id, why: "x" })).rejects.toMatchObject({ code: "conflict" });
  expect(
    await db.sql("SELECT action, reason, before->>'revision' AS revision FROM audit_entry ORDER BY id"),
  ).toEqual([
    { action: "rollout.freeze", reason: "quarter end", revision: null },
    { action: "rollout.freeze-change", reason: "it takes longer", revision: "1" },
    { action: "rollout.freeze-end", reason: "an urgent fix", revision: null },
  ]);
});

it("is listed in pages, those that close last first, and refuses what is no window", async () => {
  await using db = await aConsole();
  for (const hours of [1, 2, 3])
    await createFreeze(db.ctx, { environment, time: once(0, hours), reason: `to ${hours}` });
  const first = await listFreezes(db.ctx, { environment, limit: 2 });
  const rest = await listFreezes(db.ctx, { environment, limit: 2, cursor: first.next });
  expect([...first.rows, ...rest.rows].map(({ reason }) => reason)).toEqual(["to 3", "to 2", "to 1"]);
  expect(rest.next).toBeNull();
  const past = { environment, time: once(-3, -2), reason: "late" };
  await expect(createFreeze(db.ctx, past)).rejects.toMatchObject({ code: "invalid" });
});

it("of prod is the operators', of what comes before it the developers' too", async () => {
  await using db = await aConsole();
  const actor = aPerson([{ role: "developer", network: null, environment: null }]);
  const developer = createCaller({ ...db.ctx, actor });
  const asked = { time: once(0, 1), reason: "demo day" };
  expect(await developer.rollouts.freeze({ ...asked, environment })).toMatchObject({ state: "running" });
  await expect(developer.rollouts.freeze({ ...asked, environment: "prod" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
