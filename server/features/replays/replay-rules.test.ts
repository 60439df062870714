import { expect, it } from "vitest";
import { endOf, isReplayable, type ReplayFacts, replayStates, windowOf } from "./replay-rules.ts";

const now = new Date("2026-07-13T17:00:00.000Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

it.each<[string, number, number, object]>([
  ["an hour that is over", -7_200, -3_600, { kind: "window", from: after(-7_200), to: after(-3_600) }],
  ["one that goes on, up to now", -60, 600, { kind: "window", from: after(-60), to: now }],
  ["six hours", -21_600, 0, { kind: "window" }],
  ["a moment more", -21_601, 0, { kind: "refused", why: expect.stringMatching(/6 hours/) }],
  ["one without length", -60, -60, { kind: "refused", why: expect.stringMatching(/before it begins/) }],
  ["one the wrong way round", -60, -120, { kind: "refused" }],
  ["one that has not begun", 60, 120, { kind: "refused", why: expect.stringMatching(/not begun/) }],
])("takes %s for what it is", (_what, from, to, verdict) => {
  expect(windowOf({ from: after(from), to: after(to) }, now)).toMatchObject(verdict);
});

const asked: ReplayFacts = {
  state: "asked",
  acceptBy: after(20),
  heardAt: null,
  deadline: after(1_800),
  instance: "dev-1",
};
const running: ReplayFacts = { ...asked, state: "running", heardAt: now };

it.each<[string, ReplayFacts, number, string | null]>([
  ["one that was just asked for", asked, 0, null],
  ["one that nobody took", asked, 20, "failed"],
  ["one that is spoken of", running, 29, null],
  ["one whose runtime died", running, 30, "failed"],
  ["one that was spoken of late", { ...running, heardAt: after(1_790) }, 1_799, null],
  ["one at its deadline, however much it says", { ...running, heardAt: after(1_800) }, 1_800, "expired"],
])("ends %s as it has to", (_what, facts, seconds, state) => {
  expect(endOf(facts, after(seconds))?.state ?? null).toBe(state);
});

it("leaves what has ended as it is, and nothing open past its deadline", () => {
  for (const state of replayStates) {
    const end = endOf({ ...running, state, heardAt: after(9_999) }, after(10_000));
    expect(end === null).toBe(state !== "asked" && state !== "running");
  }
});

it("runs what was verified and is not archived", () => {
  expect(["draft", "validated", "deployed", "deprecated", "archived"].filter(isReplayable)).toEqual([
    "validated",
    "deployed",
    "deprecated",
  ]);
});
