import { expect, it } from "vitest";
import type { AgentFault } from "../faults/fault.ts";
import { FaultBoard } from "./fault-board.ts";
import { Sandbox } from "./sandbox.ts";

const limits = { timeoutMs: 2_000, memoryBytes: 16 * 2 ** 20 };
const version = { cid: `baear4i${"a".repeat(52)}`, alias: "scorer", semver: "7.3.0" };
const aFault = (kind: AgentFault["kind"], amount: number, of = "scorer@7.3.0"): AgentFault => ({
  kind,
  version: of,
  amount,
  since: 0,
});

async function board(...faults: AgentFault[]) {
  const sandbox = await Sandbox.load(
    'export const handle = () => ({ score: 3, isRefused: false, text: "abc" });',
    limits,
  );
  const made = new FaultBoard();
  made.change(faults);
  const run = (of = version) => made.run(of, sandbox, () => sandbox.run("handle", {}, limits));
  return { made, run };
}

it("fails that part of one version's runs, and no other's", async () => {
  const { run } = await board(aFault("agent-crash", 100));
  expect(run()).toMatchObject({ kind: "failed", error: expect.stringMatching(/stack/i) });
  expect(run({ ...version, semver: "7.2.9" })).toMatchObject({ kind: "finished" });
});

it("takes a version by its CID too, and makes it slow by the clock", async () => {
  const { run } = await board(aFault("agent-slow", 30, version.cid));
  const startedAt = performance.now();
  expect(run()).toMatchObject({ kind: "finished" });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
});

it("leaks until the engine refuses, and is well again when it is healed", async () => {
  const { made, run } = await board(aFault("agent-leak", 4_096));
  const results = Array.from({ length: 12 }, () => run());
  expect(results[0]).toMatchObject({ kind: "finished" });
  expect(results.at(-1)).toMatchObject({ kind: "failed", error: expect.stringMatching(/memory/i) });
  made.change([]);
  expect(run()).toMatchObject({ kind: "finished" });
});

it("gives wrong outputs of the right shape", async () => {
  const { run } = await board(aFault("agent-wrong", 100));
  expect(run()).toEqual({ kind: "finished", output: '{"score":4,"isRefused":true,"text":"abc, or so"}' });
});
