import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Actor, type Grant, type Role, roles } from "../../kernel/roles.ts";
import { anywhere, isAllowed, type Scope, scopeOf } from "./rules.ts";

const grant = (role: Role, network: string | null = null, environment: string | null = null): Grant => ({
  role,
  network,
  environment,
});
const person = (...grants: Grant[]): Actor => ({
  kind: "person",
  id: "p",
  name: "P",
  email: "p@test.local",
  sessionId: "s",
  grants,
});
const on = (network: string | null, environment: string | null = null): Scope => ({ network, environment });

describe("isAllowed", () => {
  it.each<[string, Grant[], Role, Scope, boolean]>([
    ["nobody without a grant", [], "viewer", anywhere, false],
    ["every role views", [grant("auditor")], "viewer", anywhere, true],
    ["a role does its own", [grant("operator")], "operator", on("mainnet"), true],
    ["a role does not another's", [grant("operator")], "developer", on("mainnet"), false],
    ["an operator does not administer", [grant("operator")], "admin", anywhere, false],
    ["an admin does everything", [grant("admin")], "auditor", on("devnet", "prod"), true],
    ["a viewer does nothing else", [grant("viewer")], "operator", on("mainnet"), false],
    ["on its network", [grant("operator", "testnet")], "operator", on("testnet"), true],
    ["on no other network", [grant("operator", "testnet")], "operator", on("mainnet"), false],
    ["no viewing on another network", [grant("operator", "testnet")], "viewer", on("mainnet"), false],
    ["viewing what is bound to no network", [grant("operator", "testnet")], "viewer", anywhere, true],
    ["acting on what is bound to none", [grant("operator", "testnet")], "operator", anywhere, false],
    ["an admin of one network lets nobody in", [grant("admin", "testnet")], "admin", anywhere, false],
    ["in its environment", [grant("developer", null, "dev")], "developer", on("devnet", "dev"), true],
    ["in no other environment", [grant("developer", null, "dev")], "developer", on("devnet", "prod"), false],
    [
      "both bounds of one grant hold",
      [grant("operator", "testnet", "dev")],
      "operator",
      on("testnet", "prod"),
      false,
    ],
    [
      "bounds of two grants do not add up",
      [grant("operator", "testnet", "dev"), grant("operator", "mainnet", "prod")],
      "operator",
      on("testnet", "prod"),
      false,
    ],
    [
      "roles of two grants do not mix",
      [grant("admin", "devnet"), grant("viewer")],
      "admin",
      on("mainnet"),
      false,
    ],
  ])("%s", (_name, grants, needed, scope, expected) => {
    expect(isAllowed(person(...grants), needed, scope)).toBe(expected);
  });

  it("lets the system itself do everything", () => {
    expect(isAllowed({ kind: "system", id: "ingest", name: "Ingest" }, "admin", anywhere)).toBe(true);
  });

  it("never allows less for one more grant", () => {
    const place = fc.constantFrom(null, "devnet", "mainnet");
    const aGrant = fc.record({ role: fc.constantFrom(...roles), network: place, environment: place });
    const aScope = fc.record({ network: place, environment: place });
    fc.assert(
      fc.property(
        fc.array(aGrant),
        aGrant,
        fc.constantFrom(...roles),
        aScope,
        (held, more, needed, scope) => {
          const before = isAllowed(person(...held), needed, scope);
          return !before || isAllowed(person(...held, more), needed, scope);
        },
      ),
    );
  });
});

describe("scopeOf", () => {
  it("reads what the schema names, and nothing else", () => {
    const input = { network: "testnet", environment: "prod" };
    expect(scopeOf(input, ["network"])).toEqual(on("testnet"));
    expect(scopeOf(input, [])).toEqual(anywhere);
  });

  it.each([[undefined], [null], ["testnet"], [7], [[]], [{}], [{ network: null }]])(
    "takes %j for no place",
    (input) => {
      expect(scopeOf(input, ["network", "environment"])).toEqual(anywhere);
    },
  );

  it("takes anything that is no name for a place that no bound grant covers", () => {
    const garbage = fc.anything().filter((value) => value !== undefined && value !== null);
    fc.assert(
      fc.property(garbage, fc.constantFrom("devnet", "testnet"), (network, granted) => {
        fc.pre(network !== granted);
        const scope = scopeOf({ network }, ["network"]);
        return !isAllowed(person(grant("operator", granted)), "operator", scope);
      }),
    );
  });
});
