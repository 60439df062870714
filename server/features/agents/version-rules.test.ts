import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isDeployable,
  judgeTransition,
  nextStates,
  type Transition,
  versionStates,
} from "./version-rules.ts";

const now = new Date("2026-07-14T03:31:08.000Z");
const later = new Date("2026-08-01T00:00:00.000Z");
const aTransition = (parts: Partial<Transition> = {}): Transition => ({
  from: "validated",
  to: "deprecated",
  by: "person",
  records: 0,
  reason: "2.4 replaces it",
  sunsetAt: null,
  ...parts,
});

describe("a version", () => {
  it.each([
    ["a draft is validated without a word", { from: "draft", to: "validated", reason: "" }],
    ["one that runs is deprecated with a date", { from: "deployed", records: 1, sunsetAt: later }],
    ["one that nothing names is archived", { from: "deprecated", to: "archived" }],
    ["an archived one comes back", { from: "archived", to: "validated" }],
    ["a SET deploys what is validated", { from: "validated", to: "deployed", by: "deployments", records: 1 }],
    ["a SET lets go of it", { from: "deployed", to: "validated", by: "deployments", reason: "" }],
  ] satisfies [string, Partial<Transition>][])("%s", (_, parts) => {
    expect(judgeTransition(aTransition(parts), now)).toEqual({ kind: "allowed" });
  });

  it.each([
    ["a person deploys nothing by hand", { from: "validated", to: "deployed" }, "cannot become deployed"],
    [
      "a SET cannot bring back what is archived",
      { from: "archived", to: "deployed", by: "deployments" },
      "cannot",
    ],
    ["nothing is archived that a SET names", { from: "deprecated", to: "archived", records: 2 }, "2 records"],
    ["a reason is not blank", { reason: "  " }, "Say why"],
    ["what comes back comes with a reason", { from: "archived", to: "validated", reason: "" }, "Say why"],
    ["a sunset is to come", { sunsetAt: now }, "is over"],
    ["only what is deprecated has a sunset", { to: "archived", sunsetAt: later }, "Only a deprecated"],
    [
      "what is deployed does not go to the archive in one step",
      { from: "deployed", to: "archived" },
      "cannot",
    ],
  ] satisfies [string, Partial<Transition>, string][])("%s", (_, parts, why) => {
    expect(judgeTransition(aTransition(parts), now)).toMatchObject({
      kind: "refused",
      why: expect.stringContaining(why),
    });
  });

  it("never becomes again what it is, and never runs out of the archive or a draft", () => {
    const anyTransition = fc.record({
      from: fc.constantFrom(...versionStates),
      to: fc.constantFrom(...versionStates),
      by: fc.constantFrom<Transition["by"]>("person", "deployments"),
      records: fc.nat(3),
      reason: fc.string(),
      sunsetAt: fc.option(fc.date({ noInvalidDate: true })),
    });
    fc.assert(
      fc.property(anyTransition, (transition) => {
        const { from, to, by, records } = transition;
        if (judgeTransition(transition, now).kind === "refused") return;
        expect(from).not.toBe(to);
        expect(to).not.toBe("draft");
        if (to === "deployed") expect([by, isDeployable(from)]).toEqual(["deployments", true]);
        if (to === "archived") expect(records).toBe(0);
        if (by === "person") expect(nextStates(from)).toContain(to);
      }),
      { numRuns: 2_000 },
    );
  });
});
