import { describe, expect, it } from "vitest";
import { isAppError } from "../../kernel/errors.ts";
import { aCtx, operatorCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { getLimits } from "./get-limits.ts";
import { readChanges } from "./limits.ts";
import { listNodes } from "./list-nodes.ts";
import { previewLimits } from "./preview-limits.ts";
import { defaultNodeLimits } from "./rules.ts";
import { listNodesInput, setNodeLimitsInput } from "./schema.ts";
import { setLimits } from "./set-limits.ts";
import { insertNode, insertRollup, insertWorker, makeRoom, testSelf } from "./testing/insert-node.ts";

const network = "mainnet" as const;
const reason = "nodes here are slower";

describe("limits", () => {
  it("are the defaults until somebody changes one, and are noted with what was before", async () => {
    await using db = await testDatabase();
    const ctx = operatorCtx(db);
    expect(await getLimits(ctx, { network })).toMatchObject({ limits: defaultNodeLimits, changedBy: null });
    await setLimits(ctx, { network, changes: { p99MsWarn: 700 }, reason });
    const answer = await setLimits(ctx, { network, changes: { diskWarn: 0.9, p99MsCrit: 2_000 }, reason });
    expect(answer).toMatchObject({
      limits: { ...defaultNodeLimits, p99MsWarn: 700, diskWarn: 0.9, p99MsCrit: 2_000 },
      defaults: defaultNodeLimits,
      changedBy: "A operator",
    });
    const entries = await db.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(entries.map(({ action, before, after, reason: why }) => [action, before, after, why])).toEqual([
      ["nodes.limits.changed", {}, { p99MsWarn: 700 }, reason],
      [
        "nodes.limits.changed",
        { p99MsWarn: 700 },
        { p99MsWarn: 700, p99MsCrit: 2_000, diskWarn: 0.9 },
        reason,
      ],
    ]);
    expect(await getLimits(ctx, { network: "testnet" })).toMatchObject({ limits: defaultNodeLimits });
  });

  it("go back to the default by null", async () => {
    await using db = await testDatabase();
    const ctx = operatorCtx(db);
    await setLimits(ctx, { network, changes: { cpuWarn: 0.5 }, reason });
    expect((await setLimits(ctx, { network, changes: { cpuWarn: null }, reason })).limits).toEqual(
      defaultNodeLimits,
    );
    expect(
      (await db.prisma.setting.findUniqueOrThrow({ where: { key: "nodes.limits.mainnet" } })).value,
    ).toEqual({});
  });

  it("decide the states of nodes from the next look on", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const clock = fakeClock();
    await insertWorker(db, { at: clock.now() });
    const node = await insertNode(db, { activeAt: clock.now() });
    await insertRollup(db, node, { at: clock.now(), requests: [{ count: 50, latencyMs: 500 }] });
    const ctx = aCtx({ db, role: "operator", clock, deps: { self: testSelf } });
    const stateNow = async () =>
      (await listNodes(ctx, listNodesInput.parse({ network }))).rows[0]?.status.kind;
    expect(await stateNow()).toBe("degraded");
    await setLimits(ctx, { network, changes: { p99MsWarn: 900 }, reason });
    expect(await stateNow()).toBe("online");
  });

  it("keep the changes of two people who change different ones at once", async () => {
    await using db = await testDatabase();
    const changes = [{ cpuWarn: 0.5 }, { memoryWarn: 0.6 }, { diskReadMsWarn: 30 }, { riskWarn: 50 }];
    await Promise.all(
      changes.map((change) => setLimits(operatorCtx(db), { network, changes: change, reason })),
    );
    expect((await getLimits(operatorCtx(db), { network })).limits).toMatchObject(
      Object.assign({}, ...changes),
    );
  });

  it.each([
    [{ p99MsWarn: 5_000 }, "p99MsWarn (5000) is above p99MsCrit (1000)"],
    [{ cpuWarn: 2 }, "cpuWarn"],
    [{ minRequests: 1.5 }, "minRequests"],
  ])("refuse %j and change nothing", async (changes, words) => {
    await using db = await testDatabase();
    const refused = setLimits(operatorCtx(db), { network, changes, reason });
    await expect(refused).rejects.toSatisfy(
      (error) => isAppError(error) && error.code === "invalid" && error.message.includes(words),
    );
    expect(await db.prisma.setting.count()).toBe(0);
    expect(await db.prisma.auditEntry.count()).toBe(0);
  });
});

it("refuses a change that names no limit, an unknown one, or no reason", () => {
  const parse = (changes: object, why = reason) =>
    setNodeLimitsInput.safeParse({ network, changes, reason: why }).success;
  expect([parse({ cpuWarn: 0.5 }), parse({}), parse({ colour: 1 }), parse({ cpuWarn: 0.5 }, " ")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it("leaves out a stored limit that no longer fits", () => {
  expect(readChanges({ cpuWarn: 0.5, diskWarn: 7, colour: 1 })).toEqual({ cpuWarn: 0.5 });
  expect(readChanges("nonsense")).toEqual({});
});

describe("the preview of limits", () => {
  it("says which nodes would be in another state, and changes nothing", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const at = new Date("2026-11-23T12:00:00.000Z");
    const ctx = aCtx({ db, role: "operator", clock: fakeClock(at), deps: { self: testSelf } });
    await insertWorker(db, { at });
    const heard = { reportedAt: new Date(at.getTime() - 20_000) };
    await insertNode(db, { ...heard, reported: { "host.name": "slow-s01" } });
    await insertNode(db, { ...heard, reported: { "host.name": "slow-s02" } });
    const states = async () =>
      (await listNodes(ctx, listNodesInput.parse({ network }))).rows.map((row) => row.status.kind);
    const before = await states();
    const shorter = await previewLimits(ctx, { network, changes: { silenceMs: 10_000 } });
    expect(shorter.nodes).toBe(2);
    expect(shorter.moves).toMatchObject([{ to: "silent", nodes: 2, names: ["slow-s01", "slow-s02"] }]);
    expect((await previewLimits(ctx, { network, changes: { silenceMs: 90_000 } })).moves).toEqual([]);
    expect(await states()).toEqual(before);
    await expect(previewLimits(ctx, { network, changes: { p99MsWarn: 5_000 } })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
