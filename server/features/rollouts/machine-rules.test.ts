import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeploymentRecord } from "../deployments/schema.ts";
import { aRecord, cidA, cidB } from "../deployments/testing/a-record.ts";
import { decide, type Effect, isDecided, type RolloutEvent, startState } from "./machine-rules.ts";
import type { Gate, Plan, RolloutState } from "./schema.ts";
import { withCandidate } from "./set-of-rollout-rules.ts";

const analysis = {
  minSample: 10,
  intervalSeconds: 5,
  errorPoints: 1,
  latencyP99Percent: 20,
  latencyIntervals: 3,
};
const aPlan = (parts: Partial<Plan> = {}): Plan => ({
  strategy: "canary",
  steps: [
    { weight: 5, seconds: 20, analysed: true },
    { weight: 25, seconds: 20, analysed: true },
  ],
  analysis,
  gates: { alerts: true, maxBurn: 10, freeze: true },
  deadlineSeconds: 600,
  ...parts,
});
const gate = (holds: boolean): Gate => ({ gate: "alerts", holds, detail: "" });
const good = { stable: { count: 500, failed: 0, p99Ms: 40 }, candidate: { count: 50, failed: 0, p99Ms: 41 } };
const bad = { ...good, candidate: { count: 50, failed: 10, p99Ms: 41 } };
const look = (parts: { usable?: boolean; holds?: boolean; samples?: typeof good } = {}): RolloutEvent => ({
  kind: "tick",
  seen: {
    isCandidateUsable: parts.usable ?? true,
    gates: [gate(parts.holds ?? false)],
    samples: parts.samples ?? good,
  },
});
const approve: RolloutEvent = { kind: "approve", by: "Kenji" };

/** A world as the controller writes it: state and SET together, or neither. */
type World = { state: RolloutState; records: DeploymentRecord[]; at: number };
const base = [aRecord(), aRecord({ name: "pin", priority: 1, targeting: "false" })];
const born = (): World => ({ state: startState(0), records: base, at: 0 });

function apply(plan: Plan, world: World, event: RolloutEvent): World {
  const { state, effects } = decide(plan, world.state, { event, at: world.at });
  return { ...world, state, records: effects.reduce(recordsAfter, world.records) };
}

function recordsAfter(records: DeploymentRecord[], effect: Effect): DeploymentRecord[] {
  switch (effect.kind) {
    case "route":
      return withCandidate(base, { version: cidB, weight: effect.weight });
    case "finish":
      return withCandidate(base, { version: cidB, weight: 100 });
    case "restore":
      return records === base ? records : [...base];
  }
}

function run(plan: Plan, ...events: [seconds: number, event: RolloutEvent][]): World {
  let world = born();
  for (const [seconds, event] of events) {
    world.at = seconds * 1_000;
    world = apply(plan, world, event);
  }
  return world;
}

describe("a rollout", () => {
  it("waits for approval, climbs its steps by verdicts, and succeeds", () => {
    const plan = aPlan();
    const waiting = run(plan, [1, look()]);
    expect(waiting.state).toMatchObject({ phase: "waiting", weight: 0 });
    const first = run(plan, [1, approve], [2, look()]);
    expect(first.state).toMatchObject({ phase: "running", step: 0, weight: 5 });
    const second = run(plan, [1, approve], [2, look()], [12, look()], [22, look()]);
    expect(second.state).toMatchObject({ step: 1, weight: 25 });
    const done = run(plan, [1, approve], [2, look()], [12, look()], [22, look()], [32, look()], [42, look()]);
    expect(done.state).toMatchObject({ phase: "succeeded", weight: 100 });
    expect(done.records.find(({ targeting }) => targeting === "")?.version).toBe(cidB);
  });

  it("goes back by itself when the analysis fails, with the reason", () => {
    const world = run(aPlan(), [1, approve], [2, look()], [8, look({ samples: bad })]);
    expect(world.state).toMatchObject({
      phase: "rolled_back",
      weight: 0,
      reason: expect.stringMatching(/^Errors/),
    });
    expect(world.records).toEqual(base);
  });

  it("stands still while a gate holds: the time does not count", () => {
    const plan = aPlan();
    const held = run(
      plan,
      [1, approve],
      [2, look()],
      [12, look()],
      [30, look({ holds: true })],
      [60, look({ holds: true })],
    );
    expect(held.state).toMatchObject({ step: 0, weight: 5, elapsedMs: 10_000 });
  });

  it("stays where it is while paused, and can go back from there", () => {
    const pause: RolloutEvent = { kind: "pause", reason: "looking" };
    const paused = run(aPlan(), [1, approve], [2, look()], [3, pause], [50, look()]);
    expect(paused.state).toMatchObject({ phase: "paused", step: 0, weight: 5, reason: "looking" });
    const back = run(aPlan(), [1, approve], [2, look()], [3, pause], [4, { kind: "rollback", reason: "no" }]);
    expect(back.state).toMatchObject({ phase: "rolled_back", reason: "no" });
  });

  it("is withdrawn, not rolled back, when it never had traffic", () => {
    expect(run(aPlan(), [1, { kind: "rollback", reason: "no" }]).state.phase).toBe("withdrawn");
    expect(run(aPlan(), [601, approve]).state.phase).toBe("withdrawn");
  });

  it("goes back after it succeeded, and never forward again", () => {
    const plan = aPlan({ strategy: "all_at_once", steps: [] });
    const back = run(
      plan,
      [1, approve],
      [2, look()],
      [3, { kind: "rollback", reason: "worse" }],
      [4, look()],
    );
    expect(back.state.phase).toBe("rolled_back");
    expect(back.records).toEqual(base);
  });

  it("goes back when the candidate is archived or damaged", () => {
    expect(run(aPlan(), [1, approve], [2, look()], [3, look({ usable: false })]).state.phase).toBe(
      "rolled_back",
    );
  });
});

const anEvent = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ usable: fc.boolean(), holds: fc.boolean(), samples: fc.constantFrom(good, good, bad) })
      .map(look),
  },
  { weight: 2, arbitrary: fc.record({ samples: fc.constant(good) }).map(look) },
  fc.constant(approve),
  fc.constant<RolloutEvent>({ kind: "pause", reason: "p" }),
  fc.constant<RolloutEvent>({ kind: "resume" }),
  fc.constant<RolloutEvent>({ kind: "promote" }),
  fc.constant<RolloutEvent>({ kind: "rollback", reason: "r" }),
);
const aSteps = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
  .map((weights) => weights.sort((a, b) => a - b))
  .chain((weights) =>
    fc.tuple(
      ...weights.map((weight) =>
        fc.record({
          weight: fc.constant(weight),
          seconds: fc.integer({ min: 1, max: 60 }),
          analysed: fc.boolean(),
        }),
      ),
    ),
  );

/** Clocks that jump, gates that come and go, people who press anything, and controllers that die before they commit. */
const aStory = fc.array(
  fc.record({ event: anEvent, passMs: fc.integer({ min: 0, max: 60_000 }), isKilled: fc.boolean() }),
  { maxLength: 60 },
);

it("never has two stables, traffic to an unusable version, or a rollout undecided past its deadline", () => {
  fc.assert(
    fc.property(aSteps, aStory, fc.integer({ min: 10, max: 900 }), (steps, story, deadlineSeconds) => {
      const plan = aPlan({ strategy: steps.length === 0 ? "all_at_once" : "canary", steps, deadlineSeconds });
      let world = born();
      for (const { event, passMs, isKilled } of story) {
        world = { ...world, at: world.at + passMs };
        const before = world;
        const after = apply(plan, world, event);
        if (isKilled) continue;
        world = after;
        const stables = world.records.filter(({ targeting }) => targeting === "");
        expect(stables).toHaveLength(1);
        expect(new Set(stables.map(({ version }) => version)).size).toBe(1);
        const hasTraffic = world.records.some(({ version }) => version === cidB);
        expect(hasTraffic).toBe(world.state.weight > 0);
        const share = world.records.find(({ name }) => name === "canary")?.weight ?? (hasTraffic ? 100 : 0);
        expect(share).toBe(world.state.weight);
        if (event.kind !== "tick") expect(world.state.weight).toBeLessThanOrEqual(before.state.weight);
        if (event.kind === "tick" && !event.seen.isCandidateUsable && !isDecided(before.state))
          expect(world.state.weight).toBe(0);
        if (world.at >= deadlineSeconds * 1_000) expect(isDecided(world.state)).toBe(true);
        if (isDecided(before.state) && before.state.phase !== "succeeded")
          expect(world.state).toEqual(before.state);
        for (const record of world.records)
          expect(record.version === cidA || record.version === cidB).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
