import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { networkNames } from "../kernel/networks.ts";
import { type Actor, type Grant, type Role, roles } from "../kernel/roles.ts";
import type { Database } from "../ports/database.ts";
import { aCtx, aPerson } from "../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { sampleInput } from "../testing/sample-input.ts";
import { unreachedDatabase } from "../testing/unreached-database.ts";
import { listPermissions, type Permission } from "./permission-table.ts";
import { appRouter, createCaller } from "./root.ts";

/** All of it is generated from the router: a new procedure is in the matrix as soon as it is mounted. */
const permissions = listPermissions(appRouter);
const mutations = permissions.filter(({ kind }) => kind === "mutation");
const places = [null, ...networkNames];

/** Nobody changes anything in it: whatever a call would have left is found by the next. */
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

describe("nobody", () => {
  it("gets anywhere without a session", async () => {
    for (const { path, inputs } of permissions) {
      const sample = sampleInput(inputs);
      for (const network of places) {
        const input = network ? Object.assign({}, sample, { network }) : sample;
        expect([path, await outcome(unreachedDatabase, null, { path, input })]).toEqual([
          path,
          "UNAUTHORIZED",
        ]);
      }
    }
  });
});

describe("somebody without any role", () => {
  it("reaches the own account and nothing else", async () => {
    await using own = await testDatabase();
    const { id } = await insertPerson(own, { grants: [] });
    const actor = { ...aPerson([]), id };
    for (const { path, isOwn } of permissions) {
      const answer = await outcome(own, actor, { path, input: {} });
      expect([path, answer === "FORBIDDEN"]).toEqual([path, !isOwn]);
    }
  });
});

describe.each(roles)("%s", (role) => {
  it.each(places)("holding the role on %s gets exactly what the rule gives", async (granted) => {
    const actor = aPerson([{ role, network: granted, environment: null }]);
    const wrong: string[] = [];
    for (const permission of permissions)
      for (const network of places) {
        // Only the place: who is refused is refused before anything else is looked at, a database among it.
        const input = network ? { network } : {};
        const answer = await outcome(unreachedDatabase, actor, { path: permission.path, input });
        const isRefused = answer === "FORBIDDEN";
        if (isRefused === isAllowedByTheTable(permission, { role, granted, network }))
          wrong.push(`${permission.path} on ${network}: ${answer}`);
      }
    expect(wrong).toEqual([]);
  });
});

describe("garbage for a network", () => {
  const garbage = [[], ["testnet"], {}, { testnet: 1 }, 7, true, "", "TESTNET", "mainnet ", "__proto__"];
  const bound = permissions.filter((permission) => permission.places.named.includes("network"));
  const all = roles.map((role) => ({ role, network: "testnet", environment: null }) as const);

  it.each([
    ["gives somebody who is bound to a network nothing", all, "FORBIDDEN"],
    ["is told to somebody who is not", [{ role: "admin", network: null, environment: null }], "BAD_REQUEST"],
  ] as const)("%s", async (_what, grants, answer) => {
    const actor = aPerson([...grants]);
    for (const { path } of bound)
      for (const network of garbage)
        expect([
          path,
          network,
          await outcome(unreachedDatabase, actor, { path, input: { network } }),
        ]).toEqual([path, network, answer]);
  });
});

describe("a viewer", () => {
  it.each(mutations.filter(({ isOwn }) => !isOwn))("cannot change anything by $path", async (permission) => {
    const before = await contentOf(db);
    const viewer = aPerson([{ role: "viewer", network: null, environment: null }]);
    const input = sampleInput(permission.inputs);
    expectAccepted(permission, input);
    expect(await outcome(db, viewer, { path: permission.path, input })).toBe("FORBIDDEN");
    const after = await contentOf(db);
    const kept = permission.keepsRefusals
      ? { audit_entry: expect.not.stringMatching(String(before.audit_entry)) }
      : {};
    expect(after).toEqual({ ...before, ...kept });
  });

  it.each(mutations.filter(({ isOwn }) => isOwn))(
    "changes nobody else's account by $path",
    async (permission) => {
      const other = await insertPerson(db);
      const { id } = await insertPerson(db);
      await db.prisma.session.createMany({
        data: [id, other.id].map((userId) => ({
          id: `s-${userId}`,
          token: userId,
          userId,
          expiresAt: new Date("2100-01-01"),
        })),
      });
      const viewer = {
        ...aPerson([{ role: "viewer", network: null, environment: null }]),
        id,
        sessionId: "this one",
      };
      const before = await contentOf(db, id);
      await outcome(db, viewer, { path: permission.path, input: sampleInput(permission.inputs) });
      await outcome(db, viewer, {
        path: permission.path,
        input: { sessionId: `s-${other.id}`, personId: other.id },
      });
      expect(await contentOf(db, id)).toEqual(before);
    },
  );
});

type Call = { path: string; input: unknown };

/** The rule once more, in other words than isAllowed. */
function isAllowedByTheTable(
  permission: Permission,
  asked: { role: Role; granted: Grant["network"]; network: string | null },
): boolean {
  const { role: needed, places: named } = permission;
  if (asked.role !== "admin" && needed !== "viewer" && asked.role !== needed) return false;
  if (asked.granted === null) return true;
  const isBound = named.named.includes("network") && asked.network !== null;
  return isBound ? asked.granted === asked.network : needed === "viewer";
}

/** The tRPC code that the call ends with, or "OK". */
async function outcome(db: Database, actor: Actor | null, { path, input }: Call): Promise<string> {
  const caller = createCaller({ ...aCtx({ db }), actor });
  try {
    await callAt(caller, path)(input);
    return "OK";
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error);
  }
}

type AnyCall = (input: unknown) => Promise<unknown>;

function callAt(caller: unknown, path: string): AnyCall {
  const found = path.split(".").reduce<unknown>((at, key) => Reflect.get(Object(at), key), caller);
  if (typeof found !== "function") throw new Error(`${path} cannot be called`);
  return (input) => Reflect.apply(found, undefined, [input]);
}

/** A refusal proves nothing about an input that would have been refused anyway. */
function expectAccepted({ path, inputs }: Permission, input: unknown): void {
  for (const schema of inputs)
    if (schema instanceof z.ZodType)
      expect([path, schema.safeParse(input).error?.issues]).toEqual([path, undefined]);
}

/**
 * A digest of every table, without the rows that name `exceptId`.
 * What waits to be sealed are numbers of audit entries, which are compared themselves.
 */
async function contentOf(db: Database, exceptId = "nobody"): Promise<Record<string, string>> {
  const tables = await db.sql<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'audit_unsealed' ORDER BY 1`,
  );
  const digest = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS digest FROM ${name} t
     WHERE position($1 IN t::text) = 0`;
  const digests = await db.sql<{ name: string; digest: string }>(tables.map(digest).join(" UNION ALL "), [
    exceptId,
  ]);
  return Object.fromEntries(digests.map((row) => [row.name, row.digest]));
}
