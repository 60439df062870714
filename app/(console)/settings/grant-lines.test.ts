import { expect, it } from "vitest";
import { grantLines } from "./grant-lines.ts";

const at = (network: string | null, environment: string | null = null) => ({ network, environment });

it("says each role once, the strongest first, with all its places", () => {
  expect(
    grantLines([
      { role: "viewer", ...at("devnet") },
      { role: "operator", ...at("mainnet") },
      { role: "operator", ...at("testnet", "prod") },
    ]),
  ).toEqual([
    { role: "operator", places: [at("mainnet"), at("testnet", "prod")] },
    { role: "viewer", places: [at("devnet")] },
  ]);
});

it("leaves out places that everywhere covers", () => {
  expect(
    grantLines([
      { role: "admin", ...at("devnet") },
      { role: "admin", ...at(null) },
    ]),
  ).toEqual([{ role: "admin", places: [at(null)] }]);
});

it("has nothing to say about somebody without a role", () => {
  expect(grantLines([])).toEqual([]);
});
