import { expect, it } from "vitest";
import { parseCommand } from "./command.ts";
import { describeFault, disturbanceOf, type Fault } from "./fault.ts";

const at = Date.UTC(2026, 10, 23, 12);
const faultsOf = (...words: string[]): readonly Fault[] => {
  const command = parseCommand(["fault", ...words], at);
  if (typeof command === "string" || command.kind !== "fault") throw new Error(String(command));
  return command.faults;
};

it.each([
  ["fsn1-s07", "mainnet", "fsn1-s07"],
  ["7", "mainnet", "fsn1-s07"],
  ["testnet/7", "testnet", "fsn1-t07"],
  ["FSN1-T07", "testnet", "fsn1-t07"],
])("finds a node by %s", (place, network, node) => {
  expect(faultsOf("node-down", place)).toEqual([{ kind: "node-down", network, node, amount: 1, since: at }]);
});

it("takes several nodes and an amount in either form", () => {
  expect(
    faultsOf("slow", "1", "2", "--factor", "30").map((fault) => "amount" in fault && fault.amount),
  ).toEqual([30, 30]);
  expect(faultsOf("clock-skew", "1", "--seconds=-40")).toMatchObject([{ amount: -40 }]);
  expect(faultsOf("clock-skew", "--seconds", "-40", "1")).toMatchObject([{ amount: -40, node: "fsn1-s01" }]);
});

it("takes versions of agents by name or CID", () => {
  const cid = `baear4i${"a".repeat(52)}`;
  expect(faultsOf("agent-crash", "fraud-scorer@7.3.0", cid, "--percent", "20")).toEqual([
    { kind: "agent-crash", version: "fraud-scorer@7.3.0", amount: 20, since: at },
    { kind: "agent-crash", version: cid, amount: 20, since: at },
  ]);
  expect(parseCommand(["heal", "agent-crash", "fraud-scorer@7.3.0"], at)).toEqual({
    kind: "heal",
    faults: "agent-crash",
    place: "fraud-scorer@7.3.0",
  });
});

it.each([
  [["fault"], /There is no fault/],
  [["fault", "agent-leak"], /Which version/],
  [["fault", "agent-leak", "fraud-scorer"], /is no version/],
  [["fault", "agent-slow", "fraud-scorer@7.3.0", "--ms", "-1"], /not negative/],
  [["fault", "slow"], /Which node/],
  [["fault", "slow", "nowhere"], /no node "nowhere"/],
  [["fault", "slow", "1", "--factor"], /needs a number/],
  [["fault", "slow", "1", "--factor", "many"], /not "many"/],
  [["fault", "indexer-stalled"], /Which network/],
  [["rate", "-1"], /from 0 to/],
  [["rate"], /from 0 to/],
  [["heal", "everything"], /no fault "everything"/],
  [["dance"], /no command "dance"/],
])("says what is wrong with %o", (words, message) => {
  expect(parseCommand(words, at)).toMatch(message);
});

it("reads the other commands", () => {
  expect(parseCommand(["rate", "10_000"], at)).toEqual({ kind: "rate", recordsPerSecond: 10_000 });
  expect(parseCommand(["heal"], at)).toEqual({ kind: "heal", faults: "all", place: null });
  expect(parseCommand(["heal", "slow", "7"], at)).toEqual({
    kind: "heal",
    faults: "slow",
    place: "mainnet/fsn1-s07",
  });
  expect(parseCommand(["nodes", "devnet"], at)).toEqual({ kind: "nodes", network: "devnet" });
});

it("adds up what is wrong with a node", () => {
  const faults = [...faultsOf("slow", "7"), ...faultsOf("error-burst", "7"), ...faultsOf("node-down", "8")];
  expect(disturbanceOf(faults, "mainnet", "fsn1-s07")).toMatchObject({
    slowdown: 20,
    errorRatio: 0.4,
    isDown: false,
  });
  expect(disturbanceOf(faults, "mainnet", "fsn1-s08")).toMatchObject({ isDown: true, slowdown: 1 });
});

it("describes every fault in words", () => {
  for (const words of [
    ["node-down", "1"],
    ["disk-filling", "1"],
    ["indexer-stalled", "devnet"],
    ["broker-pause"],
    ["agent-crash", "fraud-scorer@7.3.0"],
    ["agent-slow", "fraud-scorer@7.3.0"],
    ["agent-leak", "fraud-scorer@7.3.0"],
    ["agent-wrong", "fraud-scorer@7.3.0"],
  ])
    for (const fault of faultsOf(...words)) expect(describeFault(fault).length).toBeGreaterThan(20);
});
