import { expect, it } from "vitest";
import { localNetwork } from "../network/local-network.ts";
import { blockEvents, blockHash, usageTotals } from "./block-events.ts";
import { rowsOfEvents } from "./event-rows.ts";

const network = localNetwork("mainnet");
const heights = Array.from({ length: 20_000 }, (_, index) => 24_000_000 + index);
const blocks = heights.map((height) => blockEvents(network, height)).filter((block) => block !== null);

it("tells the same of a block whenever it is asked", () => {
  const again = [...heights].reverse().map((height) => blockEvents(network, height));
  expect(again.reverse().filter((block) => block !== null)).toEqual(blocks);
  expect(blockHash(network, 5)).toBe(blockHash(network, 5));
  expect(blockHash(network, 5)).toMatch(/^0x[0-9a-f]{64}$/);
});

it("lets something of each kind happen", () => {
  expect(blocks.some((block) => block.deposits.length > 0)).toBe(true);
  expect(blocks.some((block) => block.charges.length > 0)).toBe(true);
  expect(blocks.some((block) => block.usage.length > 0)).toBe(true);
  expect(blocks.some((block) => block.createsBucket)).toBe(true);
});

it("lets a bucket's totals only grow", () => {
  const [young, old] = [usageTotals(network, 114, 100), usageTotals(network, 114, 2_000)];
  for (const key of ["storedBytes", "transferredBytes", "puts", "gets"] as const)
    expect(old[key]).toBeGreaterThanOrEqual(young[key]);
});

it("changes balances by exactly what it writes", () => {
  const { tables, balances } = rowsOfEvents(network, blocks, { createdAt: [1, 2, 3] });
  const sum = (table: string) =>
    (tables.find((rows) => rows.table === table)?.rows ?? []).reduce(
      (total, row) => total + BigInt(String(row[2])),
      0n,
    );
  const changed = [...balances.values()].reduce((total, change) => total + change, 0n);
  expect(changed).toBe(sum("ddc_customer_deposit") - sum("ddc_customer_charge"));
});

it("never writes a key twice", () => {
  const { tables } = rowsOfEvents(network, blocks, { createdAt: Array.from({ length: 100 }, () => 1) });
  for (const { rows } of tables) expect(new Set(rows.map((row) => row[0])).size).toBe(rows.length);
});
