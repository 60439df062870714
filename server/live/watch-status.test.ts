import { expect, it } from "vitest";
import { StatusMemory } from "./watch-status.ts";

it("notices when something fails, fails otherwise, or heals, and nothing in between", () => {
  const memory = new StatusMemory();
  const signatures = ["", "", "Kafka", "Kafka", "unreadable", ""];
  expect(signatures.map((signature) => memory.isChanged("mainnet", signature))).toEqual([
    false,
    false,
    true,
    false,
    true,
    true,
  ]);
});

it("keeps networks apart", () => {
  const memory = new StatusMemory();
  memory.isChanged("mainnet", "");
  expect(memory.isChanged("testnet", "Kafka")).toBe(false);
});

it("starts anew for whoever comes after nobody looked", () => {
  const memory = new StatusMemory();
  memory.isChanged("mainnet", "");
  memory.isChanged("mainnet", null);
  expect(memory.isChanged("mainnet", "Kafka")).toBe(false);
});
