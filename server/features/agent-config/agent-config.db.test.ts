import { generateKeyPairSync } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { compactDecrypt, importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { buildAgentSecrets } from "../../adapters/auth/agent-secrets.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { createCaller } from "../../trpc/root.ts";
import { desiredStateSchema, statusTypes } from "../deployments/desired-state-schema.ts";
import { StatusTally } from "../deployments/status-tally.ts";
import { aRecord } from "../deployments/testing/a-record.ts";
import { writeStatus } from "../deployments/write-status.ts";
import { insertAgent } from "../rollouts/testing/insert-agent.ts";

const key = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
const secretText = "swordfish-4711";

describe("a configuration", () => {
  it("is a revision beside the SET: told with it, kept as it was, and undone as a new one", async () => {
    await using db = await testDatabase();
    const { as, agentId, version, told } = await aWorld(db);
    const place = { agentId, environment: "dev" as const };
    const developer = as("developer");
    const typed = await developer.agentConfig.get(place);
    expect(typed).toMatchObject({ revision: 0, isDeployed: false, canSeal: true, applied: null });
    expect(typed.fields.map(({ name }) => name)).toEqual(["maxWords", "tone"]);
    await developer.agentConfig.change({
      ...place,
      revision: 0,
      note: "short",
      change: values({ maxWords: 5 }),
    });
    expect(await told()).toEqual([]);

    await developer.deployments.applySet({
      ...place,
      generation: 0,
      note: "n",
      records: [aRecord({ version })],
    });
    await developer.agentConfig.change({
      ...place,
      revision: 1,
      note: "long",
      change: values({ maxWords: 9 }),
    });
    const stale = developer.agentConfig.change({ ...place, revision: 1, note: "x", change: values({}) });
    expect(await codeOf(stale)).toBe("CONFLICT");
    const back = { kind: "back" as const, to: 1 };
    expect(await developer.agentConfig.change({ ...place, revision: 2, note: "undo", change: back })).toEqual(
      {
        revision: 3,
      },
    );
    expect((await told()).map(({ generation, config }) => [generation, config])).toEqual([
      [1, { revision: 1, settings: { maxWords: 5 }, secrets: {} }],
      [1, { revision: 2, settings: { maxWords: 9 }, secrets: {} }],
      [1, { revision: 3, settings: { maxWords: 5 }, secrets: {} }],
    ]);
    const { rows } = await developer.agentConfig.revisions(place);
    expect(rows.map(({ revision, note, backTo }) => [revision, note, backTo])).toEqual([
      [3, "undo", 1],
      [2, "long", null],
      [1, "short", null],
    ]);
    await expect(db.sql("UPDATE agent_config_revision SET note = 'other'")).rejects.toThrow(
      "does not change",
    );
  });

  it("is refused with the name of its field, and changes nothing", async () => {
    await using db = await testDatabase();
    const { as, agentId } = await aWorld(db);
    const place = { agentId, environment: "dev" as const };
    const developer = as("developer");
    const apply = (change: ReturnType<typeof values>) =>
      developer.agentConfig.change({ ...place, revision: 0, note: "n", change });
    await expect(apply(values({ maxWords: 500 }))).rejects.toThrow("maxWords: At most 200.");
    await expect(apply(values({ nobody: 1 }))).rejects.toThrow("nobody: No version");
    await expect(apply(values({}, { tone: "x" }))).rejects.toThrow("tone: No version");
    await expect(apply(values({}))).rejects.toThrow("Nothing is changed.");
    expect(await developer.agentConfig.judge({ ...place, settings: { tone: "rude" } })).toEqual([
      { field: "tone", message: '"rude" is none of plain, formal.' },
    ]);
    expect((await developer.agentConfig.get(place)).revision).toBe(0);
  });

  it("needs a second person in prod, and a developer none elsewhere; who may not is kept", async () => {
    await using db = await testDatabase();
    const { as, agentId } = await aWorld(db);
    const place = { agentId, environment: "prod" as const };
    const [ines, kenji] = [as("operator"), as("operator")];
    const change = { ...place, revision: 0, note: "formal", change: values({ tone: "formal" }) };
    expect(await codeOf(as("developer").agentConfig.change(change))).toBe("FORBIDDEN");
    expect(await codeOf(as("viewer").agentConfig.change({ ...change, environment: "dev" }))).toBe(
      "FORBIDDEN",
    );
    expect(await codeOf(ines.agentConfig.change(change))).toBe("FORBIDDEN");
    const { id } = await ines.agentConfig.propose(change);
    expect(await codeOf(kenji.agentConfig.propose(change))).toBe("CONFLICT");
    expect(await codeOf(ines.agentConfig.approve({ ...place, id }))).toBe("FORBIDDEN");
    expect((await kenji.agentConfig.get(place)).proposal).toMatchObject({ id, settings: { tone: "formal" } });
    expect(await kenji.agentConfig.approve({ ...place, id })).toEqual({ revision: 1 });
    expect(await codeOf(kenji.agentConfig.approve({ ...place, id }))).toBe("NOT_FOUND");
    const next = await ines.agentConfig.propose({
      ...change,
      revision: 1,
      change: values({ tone: "plain" }),
    });
    await kenji.agentConfig.withdraw({ ...place, id: next.id, reason: "not now" });
    expect(await kenji.agentConfig.get(place)).toMatchObject({
      revision: 1,
      proposal: null,
      applied: { note: "formal (proposed by A operator)" },
    });
    const actions = await db.sql<{ action: string }>("SELECT action FROM audit_entry ORDER BY id");
    expect(actions.map(({ action }) => action)).toEqual([
      "call.refuse",
      "call.refuse",
      "call.refuse",
      "config.propose",
      "call.refuse",
      "config.approve",
      "config.propose",
      "config.withdraw",
    ]);
  });
});

describe("a secret", () => {
  it("is opened by the runtime's key, and stands nowhere in the clear", async () => {
    await using db = await testDatabase();
    const { as, agentId, version, told } = await aWorld(db);
    const place = { agentId, environment: "dev" as const };
    const developer = as("developer");
    await developer.deployments.applySet({
      ...place,
      generation: 0,
      note: "n",
      records: [aRecord({ version })],
    });
    const change = values({}, { SIGNING_KEY: secretText });
    await developer.agentConfig.change({ ...place, revision: 0, note: "first key", change });
    const sealed = (await told()).at(-1)?.config.secrets.SIGNING_KEY ?? "";
    const opened = await compactDecrypt(sealed, await importJWK(key, "ECDH-ES"));
    expect(new TextDecoder().decode(opened.plaintext)).toBe(secretText);
    expect(opened.protectedHeader).toMatchObject({ agent: agentId, secret: "SIGNING_KEY" });

    const view = await developer.agentConfig.get(place);
    expect(view.secrets).toMatchObject([{ name: "SIGNING_KEY", setBy: "A developer" }]);
    const shown = JSON.stringify([view, await developer.agentConfig.revisions(place)]);
    for (const hidden of [secretText, sealed]) expect(shown).not.toContain(hidden);
    const stored = await db.sql<{ text: string }>(
      `SELECT (SELECT string_agg(e::text, '') FROM audit_entry e) || (SELECT string_agg(r::text, '') FROM agent_config_revision r)
         || (SELECT string_agg(o::text, '') FROM kafka_outbox o) AS text`,
    );
    expect(stored[0]?.text).toContain("SIGNING_KEY set");
    expect(stored[0]?.text).not.toContain(secretText);

    const clear = values({}, { SIGNING_KEY: null });
    await developer.agentConfig.change({ ...place, revision: 1, note: "gone", change: clear });
    expect((await developer.agentConfig.get(place)).secrets).toEqual([]);
    await developer.agentConfig.change({
      ...place,
      revision: 2,
      note: "back",
      change: { kind: "back", to: 1 },
    });
    expect((await told()).at(-1)?.config.secrets.SIGNING_KEY).toBe(sealed);
  });

  it("is refused where runtimes have given no key", async () => {
    await using db = await testDatabase();
    const { as, agentId } = await aWorld(db);
    const change = values({}, { SIGNING_KEY: secretText });
    const refused = as("developer").agentConfig.change({
      agentId,
      environment: "staging",
      revision: 0,
      note: "n",
      change,
    });
    await expect(refused).rejects.toThrow("SIGNING_KEY: the runtimes of staging have given no key");
  });
});

describe("an instance", () => {
  it("acknowledges a revision once, and drifts from when the next one is in force", async () => {
    await using db = await testDatabase();
    const { as, agentId, clock } = await aWorld(db);
    const place = { agentId, environment: "dev" as const };
    const developer = as("developer");
    const apply = (revision: number, maxWords: number) =>
      developer.agentConfig.change({ ...place, revision, note: "n", change: values({ maxWords }) });
    const say = (instance: string, revision: number, fault: string | null = null) =>
      acknowledge(db, { ...place, instance, revision, fault }, clock.now());
    await apply(0, 5);
    clock.advance(300);
    await say("i1", 1);
    await say("i2", 1);
    clock.advance(5_000);
    await say("i1", 1);
    const secondAt = clock.now().toISOString();
    await apply(1, 6);
    clock.advance(200);
    await say("i1", 2);
    await say("i2", 2, "The secret K does not open.");
    const { instances } = await developer.agentConfig.get(place);
    expect(instances).toMatchObject([
      { instance: "i1", revision: 2, acknowledgedAfterMs: 200, fault: null, driftsSince: null },
      {
        instance: "i2",
        revision: 1,
        acknowledgedAfterMs: null,
        fault: "The secret K does not open.",
        driftsSince: secondAt,
      },
    ]);
    const { rows } = await developer.agentConfig.revisions(place);
    expect(rows.map(({ acknowledged }) => acknowledged)).toEqual([
      { taken: 1, slowestMs: 200, refused: 1 },
      { taken: 2, slowestMs: 300, refused: 0 },
    ]);
  });
});

function values(settings: Record<string, string | number>, secrets: Record<string, string | null> = {}) {
  return { kind: "values" as const, settings, secrets };
}

async function aWorld(db: Ctx["db"]) {
  const clock = fakeClock();
  const deps = { agentSecrets: buildAgentSecrets(new Map([["dev", key.x ?? ""]])) };
  const ctx = aCtx({ db, clock, deps });
  const settings = {
    tone: { type: "string", default: "plain", enum: ["plain", "formal"] },
    maxWords: { type: "integer", default: 8, minimum: 1, maximum: 200 },
    SIGNING_KEY: { type: "secret" },
  };
  const { agentId, versions } = await insertAgent(ctx, ["1.0.0"], { settings });
  const as = (role: "viewer" | "developer" | "operator") =>
    createCaller({ ...ctx, actor: aPerson([{ role, network: null, environment: null }]) });
  const told = async () => {
    const rows = await db.sql<{ value: string }>("SELECT value FROM kafka_outbox ORDER BY id");
    return rows.map(({ value }) => desiredStateSchema.parse(JSON.parse(value)).data);
  };
  return { ctx, clock, agentId, version: versions[0]?.cid ?? "", as, told };
}

type Said = {
  agentId: string;
  environment: "dev";
  instance: string;
  revision: number;
  fault: string | null;
};

async function acknowledge(db: Ctx["db"], said: Said, at: Date): Promise<void> {
  const tally = new StatusTally();
  tally.add({
    specversion: "1.0",
    id: `${said.instance} ${said.revision}`,
    source: "/test",
    time: at.toISOString(),
    type: statusTypes.configAcknowledged,
    data: { ...said, region: "eu" },
  });
  await writeStatus({ sql: (text, values) => db.sql(text, values), copy: async () => {} }, tally);
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => (error instanceof TRPCError ? error.code : String(error)),
  );
}
