import { describe, expect, it } from "vitest";
import type { Database } from "../../ports/database.ts";
import { aCtx, adminCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertToken } from "../../testing/insert-token.ts";
import { disablePerson } from "../identity/disable-person.ts";
import { updateGrants } from "../identity/update-grants.ts";
import { createToken } from "./create-token.ts";
import { listAllTokens, listOwnTokens } from "./list-tokens.ts";
import { revokeOwnToken, revokeTokenOf } from "./revoke-token.ts";
import { rotateToken } from "./rotate-token.ts";
import { buildTokenGate, type TokenCaller } from "./token-gate.ts";

const anywhere = { network: null, environment: null };
const callerOf = (secret: string | null): TokenCaller => ({
  authorization: secret === null ? null : `Bearer ${secret}`,
  address: "203.0.113.9",
  requestId: "a-request-id",
});

describe("making a token", () => {
  it("tells the secret once and keeps only its hash", async () => {
    await using db = await testDatabase();
    const { secret, token, ctx } = await insertToken(db, { clock: fakeClock(), scopes: ["read"] });
    expect(secret).toMatch(/^cere_pat_[1-9A-HJ-NP-Za-km-z]{40,}$/);
    const everything = JSON.stringify([
      await db.sql("SELECT t::text FROM api_token t"),
      await db.sql("SELECT a::text FROM audit_entry a"),
      await listOwnTokens(ctx, { limit: 50 }),
    ]);
    expect(everything).toContain(token.hint);
    expect(everything).not.toContain(secret.slice("cere_pat_".length + 6));
  });

  it("gives no more than its maker may do there", async () => {
    await using db = await testDatabase();
    const operator = aCtx({ db, role: "operator", network: "testnet" });
    const make = (scopes: ["otlp:write" | "read"], network: "mainnet" | "testnet" | null) =>
      createToken(operator, { name: "x", scopes, bounds: { network, environment: null }, days: 1 });
    await expect(make(["otlp:write"], "mainnet")).rejects.toMatchObject({ code: "forbidden" });
    await expect(make(["otlp:write"], null)).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.prisma.apiToken.count()).toBe(0);
  });
});

describe("the gate", () => {
  it("lets in who has the scope, as the owner narrowed to the place, and notes when and from where", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const bounds = { network: "testnet", environment: "dev" } as const;
    const { secret, token, person } = await insertToken(db, { clock, scopes: ["lineage:write"], bounds });
    const actor = await buildTokenGate({ db, clock }).admit(callerOf(secret), "lineage:write");
    expect(actor).toEqual({
      kind: "token",
      id: token.id,
      name: token.name,
      owner: { id: person.id, name: person.name },
      scopes: ["lineage:write"],
      grants: [{ role: "admin", network: "testnet", environment: "dev" }],
    });
    const [used] = (await listAllTokens({ db, clock }, { limit: 5 })).rows;
    expect(used).toMatchObject({ lastUsedAt: clock.now().toISOString(), lastUsedFrom: "203.0.113.9" });
  });

  it("refuses and writes down whatever is not in force, all with the same answer", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const make = (days = 30) => insertToken(db, { clock, scopes: ["read"], days });
    const [revoked, expired, orphan] = [await make(), await make(1), await make()];
    await revokeOwnToken(revoked.ctx, { tokenId: revoked.token.id, reason: "" });
    await disablePerson(adminCtx(db), { personId: orphan.person.id, reason: "" });
    clock.advance(24 * 3600_000);
    const answers: string[] = [];
    for (const secret of [null, "cere_pat_nobody", "other", revoked.secret, expired.secret, orphan.secret]) {
      const answer = await gate.admit(callerOf(secret), "read").catch((error: unknown) => error);
      answers.push(`${Reflect.get(Object(answer), "code")} ${Reflect.get(Object(answer), "message")}`);
    }
    expect(new Set(answers)).toEqual(
      new Set(["unauthenticated Send a token that is in force as Authorization: Bearer."]),
    );
    expect(await refusals(db)).toEqual([
      "token:unknown The token is not known.",
      "token:unknown The token is not known.",
      "token:unknown The token is not known.",
      `token:${revoked.token.id} The token was revoked.`,
      `token:${expired.token.id} The token has expired.`,
      `token:${orphan.token.id} The token's owner is deactivated.`,
    ]);
  });

  it("refuses a token of another scope, and writes the same refusal once a minute", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const { secret, token } = await insertToken(db, { clock, scopes: ["lineage:write"] });
    const attempt = () => gate.admit(callerOf(secret), "otlp:write");
    for (let index = 0; index < 3; index += 1)
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    expect(await refusals(db)).toEqual([
      `token:${token.id} The token has the scope lineage:write; this needs otlp:write.`,
    ]);
    clock.advance(60_000);
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    expect(await refusals(db)).toHaveLength(2);
  });

  it("ends with the role that carried the scope", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const { secret, person } = await insertToken(db, {
      clock,
      scopes: ["otlp:write"],
      grants: [{ role: "operator", ...anywhere }],
    });
    await gate.admit(callerOf(secret), "otlp:write");
    await updateGrants(adminCtx(db), {
      personId: person.id,
      grants: [{ role: "viewer", ...anywhere }],
      reason: "",
    });
    await expect(gate.admit(callerOf(secret), "otlp:write")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("slows down one token, and strangers by their address, without touching others", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const eager = await insertToken(db, { clock, scopes: ["read"] });
    const calm = await insertToken(db, { clock, scopes: ["read"] });
    for (let index = 0; index < 300; index += 1) await gate.admit(callerOf(eager.secret), "read");
    await expect(gate.admit(callerOf(eager.secret), "read")).rejects.toMatchObject({ code: "too_many" });
    for (let index = 0; index < 20; index += 1)
      await expect(gate.admit(callerOf("x"), "read")).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(gate.admit(callerOf("x"), "read")).rejects.toMatchObject({ code: "too_many" });
    expect(await refusals(db)).toHaveLength(20);
    await gate.admit(callerOf(calm.secret), "read");
    clock.advance(10);
    await gate.admit(callerOf(eager.secret), "read");
  });
});

describe("rotating", () => {
  it("gives a new secret and lets the old one work for the overlap", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const old = await insertToken(db, { clock, scopes: ["read"], days: 10 });
    const next = await rotateToken(old.ctx, { tokenId: old.token.id, overlapHours: 24 });
    expect(next.token).toMatchObject({ name: old.token.name, scopes: ["read"], state: "live" });
    for (const { secret } of [old, next]) await gate.admit(callerOf(secret), "read");
    clock.advance(24 * 3600_000);
    await expect(gate.admit(callerOf(old.secret), "read")).rejects.toMatchObject({ code: "unauthenticated" });
    await gate.admit(callerOf(next.secret), "read");
  });

  it("gives one secret to the first of two who rotate at once", async () => {
    await using db = await testDatabase();
    const { token, ctx } = await insertToken(db, { clock: fakeClock(), scopes: ["read"] });
    const rotate = () => rotateToken(ctx, { tokenId: token.id, overlapHours: 1 });
    const results = await Promise.allSettled([rotate(), rotate(), rotate()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await db.prisma.apiToken.count()).toBe(2);
  });
});

describe("revoking", () => {
  it("holds from the next call on, is for the owner or an admin, and twice is once", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const gate = buildTokenGate({ db, clock });
    const { token, secret } = await insertToken(db, { clock, scopes: ["read"] });
    await gate.admit(callerOf(secret), "read");
    const stranger = aCtx({ db, role: "operator" });
    const input = { tokenId: token.id, reason: "leaked" };
    await expect(revokeOwnToken(stranger, input)).rejects.toMatchObject({ code: "not_found" });
    const admin = adminCtx(db);
    expect(await revokeTokenOf(admin, input)).toMatchObject({ state: "revoked" });
    await revokeTokenOf(admin, input);
    await expect(gate.admit(callerOf(secret), "read")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await db.prisma.auditEntry.count({ where: { action: "token.revoke" } })).toBe(1);
  });
});

describe("listing", () => {
  it("pages through all, newest first, and shows a person only their own", async () => {
    await using db = await testDatabase();
    const clock = fakeClock();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      if (index % 2 === 0) clock.advance(1);
      made.push((await insertToken(db, { clock, scopes: ["read"] })).token.id);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listAllTokens({ db, clock }, { limit: 3, cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen.toSorted()).toEqual(made.toSorted());
    const own = await insertToken(db, { clock, scopes: ["read"] });
    expect((await listOwnTokens(own.ctx, { limit: 50 })).rows.map(({ id }) => id)).toEqual([own.token.id]);
  });
});

async function refusals(db: Database): Promise<string[]> {
  const rows = await db.prisma.auditEntry.findMany({
    where: { action: "token.refuse" },
    orderBy: { id: "asc" },
  });
  return rows.map(({ subject, reason }) => `${subject} ${reason}`);
}
