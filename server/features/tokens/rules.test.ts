import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { networkNames } from "../../kernel/networks.ts";
import { type Grant, roles, type TokenActor, tokenScopes } from "../../kernel/roles.ts";
import { aPerson } from "../../testing/a-ctx.ts";
import { isAllowed } from "../identity/rules.ts";
import { environmentNames } from "../identity/schema.ts";
import { mayUseScope, narrowGrants, takeOne } from "./rules.ts";

const network = fc.constantFrom(null, ...networkNames);
const environment = fc.constantFrom(null, ...environmentNames);
const place = fc.record({ network, environment });
const grant: fc.Arbitrary<Grant> = fc.record({ role: fc.constantFrom(...roles), network, environment });

describe("narrowing", () => {
  it("never gives what the owner does not have, and nothing outside the bounds", () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 5 }), place, place, (grants, bounds, asked) => {
        const narrowed = narrowGrants(grants, bounds);
        for (const role of roles) {
          if (!isAllowed(aPerson(narrowed), role, asked)) continue;
          expect(isAllowed(aPerson(grants), role, asked)).toBe(true);
          if (role === "viewer") continue;
          expect([bounds.network, asked.network]).toContain(asked.network ?? bounds.network);
          if (bounds.network !== null) expect(asked.network).toBe(bounds.network);
          if (bounds.environment !== null) expect(asked.environment).toBe(bounds.environment);
        }
      }),
    );
  });

  it("keeps all of it without bounds", () => {
    const grants = [{ role: "operator", network: "mainnet", environment: "prod" }] as const;
    expect(narrowGrants(grants, { network: null, environment: null })).toEqual(grants);
  });
});

describe("using a scope", () => {
  const token = (scopes: TokenActor["scopes"], grants: readonly Grant[]): TokenActor => ({
    ...{ kind: "token", id: "t", name: "t", owner: { id: "o", name: "o" } },
    scopes,
    grants,
  });

  it("needs the scope and a role that carries it at the place", () => {
    const actor = token(["lineage:write"], [{ role: "developer", network: "testnet", environment: null }]);
    const at = (name: string | null) => ({ network: name, environment: null });
    expect(mayUseScope(actor, "lineage:write", at("testnet"))).toBe(true);
    expect(mayUseScope(actor, "lineage:write", at("mainnet"))).toBe(false);
    expect(mayUseScope(actor, "lineage:write", at(null))).toBe(false);
    for (const scope of tokenScopes.filter((name) => name !== "lineage:write"))
      expect(mayUseScope(actor, scope, at("testnet"))).toBe(false);
  });
});

describe("the pace", () => {
  const pace = { perSecond: 2, burst: 3 };
  const at = (ms: number) => new Date(ms);

  it("lets a burst through, then what the time brings", () => {
    let bucket = takeOne(undefined, pace, at(0));
    bucket = bucket && takeOne(bucket, pace, at(0));
    bucket = bucket && takeOne(bucket, pace, at(0));
    expect(bucket?.left).toBe(0);
    expect(bucket && takeOne(bucket, pace, at(499))).toBeNull();
    expect(bucket && takeOne(bucket, pace, at(500))).toEqual({ left: 0, at: at(500) });
  });

  it("does not fill beyond the burst, nor when a clock goes back", () => {
    expect(takeOne({ left: 0, at: at(0) }, pace, at(3600_000))?.left).toBe(2);
    expect(takeOne({ left: 1, at: at(1_000) }, pace, at(0))?.left).toBe(0);
  });
});
