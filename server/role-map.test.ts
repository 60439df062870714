import { expect, it } from "vitest";
import { roleMapSchema } from "./role-map.ts";

it("gives each value its roles at their places", () => {
  expect([...roleMapSchema.parse("ops=operator:mainnet:prod, ops=developer:dev ,cn=admins=admin")]).toEqual([
    [
      "ops",
      [
        { role: "operator", network: "mainnet", environment: "prod" },
        { role: "developer", network: null, environment: "dev" },
      ],
    ],
    ["cn=admins", [{ role: "admin", network: null, environment: null }]],
  ]);
});

it.each(["ops", "ops=", "=admin", "ops=king", "ops=operator:moon", "ops=operator:mainnet:testnet"])(
  "says what is wrong with %s",
  (text) => {
    expect(roleMapSchema.safeParse(text).error?.issues[0]?.message).toContain("must be value=role");
  },
);
