import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { createCaller } from "../../trpc/root.ts";
import { insertAgent } from "../rollouts/testing/insert-agent.ts";
import { writeSet } from "./write-set.ts";

describe("a SET in prod", () => {
  it("is put in force by a second person only, with what was proposed, and says who", async () => {
    await using db = await testDatabase();
    const { agentId, one, two, as, generations } = await aWorld(db);
    const [ines, kenji] = [as("operator"), as("operator")];
    const place = { agentId, environment: "prod" as const };
    const first = { ...place, records: [aRecord(one)], generation: 0, note: "first" };
    expect(await codeOf(ines.deployments.applySet(first))).toBe("FORBIDDEN");
    const { id } = await ines.deployments.proposeSet(first);
    expect(await codeOf(ines.deployments.approveProposal({ ...place, id }))).toBe("FORBIDDEN");
    expect(await generations("prod")).toEqual([]);
    const waiting = await kenji.deployments.get(place);
    expect(waiting).toMatchObject({ generation: 0, proposal: { id, note: "first", generation: 0 } });

    const both = await Promise.allSettled([
      kenji.deployments.approveProposal({ ...place, id }),
      as("operator").deployments.approveProposal({ ...place, id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await generations("prod")).toEqual([1]);
    const { rows } = await ines.deployments.sets(place);
    expect(rows[0]?.note).toMatch(/^first \(proposed by .+\)$/);
    expect((await ines.deployments.get(place)).proposal).toBeNull();

    const stale = { ...place, records: [aRecord(two)], generation: 0, note: "late" };
    expect(await codeOf(ines.deployments.proposeSet(stale))).toBe("CONFLICT");
  });

  it("is put in force again by a second person too, and not where it changed meanwhile", async () => {
    await using db = await testDatabase();
    const { ctx, agentId, one, two, as, generations } = await aWorld(db);
    const place = { agentId, environment: "prod" as const };
    for (const version of [one, two])
      await db.prisma.$transaction((tx) =>
        writeSet(tx, ctx, { ...place, records: [aRecord(version)], cause: "rollout", note: "n" }),
      );
    const [ines, kenji] = [as("operator"), as("operator")];
    const back = { ...place, generation: 1, note: "back to the first" };
    expect(await codeOf(ines.deployments.reapplySet(back))).toBe("FORBIDDEN");
    const { id } = await ines.deployments.proposeReapply(back);
    expect(await codeOf(kenji.deployments.proposeReapply(back))).toBe("CONFLICT");
    await db.prisma.$transaction((tx) =>
      writeSet(tx, ctx, { ...place, records: [aRecord(two)], cause: "rollout", note: "meanwhile" }),
    );
    expect(await codeOf(kenji.deployments.approveProposal({ ...place, id }))).toBe("CONFLICT");
    await kenji.deployments.withdrawProposal({ ...place, id, reason: "something else came" });
    const again = await ines.deployments.proposeReapply(back);
    await kenji.deployments.approveProposal({ ...place, id: again.id });
    expect(await generations("prod")).toEqual([1, 2, 3, 4]);
    const now = await ines.deployments.get(place);
    expect(now.records.map(({ version }) => version)).toEqual([one]);
  });
});

describe("a version", () => {
  it("that is archived or not validated never gets traffic, and one that has traffic is not archived", async () => {
    await using db = await testDatabase();
    const { ctx, agentId, one, two, as } = await aWorld(db);
    const dev = { agentId, environment: "dev" as const };
    const operator = as("operator");
    await operator.deployments.applySet({ ...dev, records: [aRecord(one)], generation: 0, note: "n" });
    expect(await stateOf(db, one)).toBe("deployed");
    await operator.agents.deprecate({ agentId, cid: one, reason: "old", sunsetAt: null });
    expect(await codeOf(operator.agents.archive({ agentId, cid: one, reason: "old" }))).toBe("CONFLICT");

    await operator.agents.archive({ agentId, cid: two, reason: "wrong" });
    const set = { ...dev, records: [aRecord(two)], generation: 1, note: "n" };
    expect(await codeOf(operator.deployments.applySet(set))).toBe("BAD_REQUEST");
    // Judged before it was archived, written after: the writer itself refuses.
    const late = db.prisma.$transaction((tx) =>
      writeSet(tx, ctx, { ...dev, records: [aRecord(two)], cause: "person", note: "n" }),
    );
    await expect(late).rejects.toThrow("archived");
    expect(await stateOf(db, two)).toBe("archived");
  });

  it("whose bytes no longer hash to their CID is not put in force", async () => {
    await using db = await testDatabase();
    const { ctx, agentId, one, bundleOfOne, as } = await aWorld(db);
    const files = [{ name: "bundle.js", cid: bundleOfOne, bytes: 3 }];
    await db.sql("UPDATE agent_version SET files = $2::jsonb WHERE cid = $1", [one, JSON.stringify(files)]);
    await ctx.deps.objectStore.remove(`pieces/${bundleOfOne}`);
    const set = { agentId, environment: "dev" as const, records: [aRecord(one)], generation: 0, note: "n" };
    expect(await codeOf(as("developer").deployments.applySet(set))).toBe("CONFLICT");
  });
});

async function aWorld(db: Ctx["db"]) {
  const ctx = aCtx({ db });
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0", "1.1.0"]);
  const [one = { cid: "", bundleCid: "" }, two = { cid: "", bundleCid: "" }] = versions;
  const as = (role: "developer" | "operator") =>
    createCaller({ ...ctx, actor: aPerson([{ role, network: null, environment: null }]) });
  const generations = async (environment: string) => {
    const rows = await db.sql<{ generation: number }>(
      "SELECT generation FROM deployment_set WHERE agent_id = $1 AND environment = $2 ORDER BY 1",
      [agentId, environment],
    );
    return rows.map(({ generation }) => generation);
  };
  return { ctx, agentId, one: one.cid, two: two.cid, bundleOfOne: one.bundleCid, as, generations };
}

function aRecord(version: string) {
  return {
    name: "default",
    priority: 100,
    targeting: "",
    version,
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
  };
}

async function stateOf(db: Ctx["db"], cid: string): Promise<string | undefined> {
  const rows = await db.sql<{ state: string }>("SELECT state FROM agent_version WHERE cid = $1", [cid]);
  return rows[0]?.state;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => (error instanceof TRPCError ? error.code : String(error)),
  );
}
