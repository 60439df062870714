import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleById, ruleCatalogue } from "./catalogue.ts";
import {
  type Decision,
  deadAfterMs,
  deadReason,
  decide,
  type EffectiveRule,
  easeMs,
  limitSentence,
  longestGapMs,
  type OpenAlert,
  onlyChanges,
  withChanges,
} from "./rules.ts";

const at = new Date("2026-11-23T12:00:00.000Z");
const later = (ms: number) => new Date(at.getTime() + ms);

function aRule(changes: Partial<EffectiveRule> = {}): EffectiveRule {
  const [first] = ruleCatalogue;
  return { ...withChanges(first, {}, 0), limit: 10, forMs: 30_000, ...changes };
}

function anOpen(changes: Partial<OpenAlert> = {}): OpenAlert {
  return {
    state: "pending",
    severity: "warning",
    pendingAt: at,
    fineSince: null,
    evaluatedAt: at,
    ...changes,
  };
}

describe("one round for one rule and subject", () => {
  const table: [
    what: string,
    rule: EffectiveRule,
    open: OpenAlert | null,
    value: number | null,
    ms: number,
    kind: Decision["kind"],
  ][] = [
    ["nothing over the limit opens nothing", aRule(), null, 10, 0, "nothing"],
    ["the limit itself is not over it", aRule({ breach: "below" }), null, 10, 0, "nothing"],
    ["over the limit opens", aRule(), null, 10.1, 0, "open"],
    ["below a lower limit opens", aRule({ breach: "below" }), null, 9.9, 0, "open"],
    ["what cannot be told opens nothing", aRule(), null, null, 0, "nothing"],
    ["what cannot be told keeps what is open", aRule(), anOpen({ state: "firing" }), null, 10_000, "nothing"],
    ["pending stays until it has lasted", aRule(), anOpen(), 11, 29_999, "keep"],
    ["pending fires when it has lasted", aRule(), anOpen({ evaluatedAt: later(20_000) }), 11, 30_000, "fire"],
    ["pending that is fine again leaves no trace", aRule(), anOpen(), 10, 10_000, "drop"],
    ["a gap in the rounds proves nothing", aRule(), anOpen(), 11, longestGapMs + 1, "restart"],
    ["firing goes on", aRule(), anOpen({ state: "firing" }), 11, 500_000, "keep"],
    ["firing that is fine begins to ease", aRule(), anOpen({ state: "firing" }), 10, 10_000, "ease"],
    [
      "easing does not resolve too early",
      aRule(),
      anOpen({ state: "firing", fineSince: at }),
      10,
      easeMs - 1,
      "nothing",
    ],
    ["easing resolves", aRule(), anOpen({ state: "firing", fineSince: at }), 10, easeMs, "resolve"],
    [
      "over the limit again goes on firing",
      aRule(),
      anOpen({ state: "firing", fineSince: at }),
      11,
      easeMs,
      "keep",
    ],
    [
      "a rule that is off resolves what fires",
      aRule({ isEnabled: false }),
      anOpen({ state: "firing" }),
      11,
      10,
      "resolve",
    ],
    ["a rule that is off drops what is pending", aRule({ isEnabled: false }), anOpen(), 11, 10, "drop"],
    ["a reading from before the last round changes nothing", aRule(), anOpen(), 10, -1, "nothing"],
    ["the same moment twice changes nothing", aRule(), anOpen(), 10, 0, "nothing"],
  ];
  it.each(table)("%s", (_what, rule, open, value, ms, kind) => {
    expect(decide(rule, open, { value, at: later(ms) }).kind).toBe(kind);
  });

  it("fires at once where nothing must last", () => {
    expect(decide(aRule({ forMs: 0 }), null, { value: 11, at })).toEqual({ kind: "open", state: "firing" });
    expect(decide(aRule(), null, { value: 11, at })).toEqual({ kind: "open", state: "pending" });
  });
});

/** Rounds one after another, as the database would carry them. */
function run(rule: EffectiveRule, values: readonly (number | null)[], everyMs = 10_000) {
  let open = null as OpenAlert | null;
  const told: string[] = [];
  for (const [index, value] of values.entries()) {
    const now = later(index * everyMs);
    const decision = decide(rule, open, { value, at: now });
    if (decision.kind === "open")
      open = { ...anOpen(), state: decision.state, pendingAt: now, evaluatedAt: now };
    else if (decision.kind === "drop" || decision.kind === "resolve") open = null;
    else if (open !== null && decision.kind !== "nothing")
      open = {
        ...open,
        evaluatedAt: now,
        ...(decision.kind === "fire" && { state: "firing" as const }),
        fineSince: decision.kind === "ease" ? now : decision.kind === "keep" ? null : open.fineSince,
      };
    if (decision.kind === "fire" || (decision.kind === "open" && decision.state === "firing"))
      told.push("firing");
    if (decision.kind === "resolve") told.push("resolved");
  }
  return told;
}

describe("rounds one after another", () => {
  it("a figure that swings around its limit fires once", () => {
    const swinging = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 9 : 11));
    expect(run(aRule({ forMs: 0 }), swinging)).toEqual(["firing"]);
  });

  it("a spike that is shorter than asked for is not told", () => {
    expect(run(aRule(), [9, 11, 11, 9, 9, 11, 9])).toEqual([]);
  });

  it("is told once when it fires and once when it has passed, whatever is missing between", () => {
    const fine = Array.from({ length: 8 }, () => 9);
    expect(run(aRule(), [11, 11, null, 11, 11, null, null, 11, ...fine])).toEqual(["firing", "resolved"]);
  });

  it("never tells an end without a beginning, nor a beginning twice", () => {
    const reading = fc.option(fc.integer({ min: 5, max: 15 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(reading, { maxLength: 200 }),
        fc.integer({ min: 1, max: 30_000 }),
        (values, everyMs) => {
          const told = run(aRule(), values, everyMs);
          expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? "firing" : "resolved")));
        },
      ),
    );
  });
});

it("keeps of a change only what differs from what is built in", () => {
  const rule = aRule();
  const changes = { limit: 10, severity: rule.severity, forMs: 5_000, isEnabled: true } as const;
  expect(onlyChanges(rule, changes)).toEqual({ forMs: 5_000 });
  expect(withChanges(rule, { isEnabled: false, limit: 3 }, 4)).toMatchObject({
    isEnabled: false,
    limit: 3,
    revision: 4,
  });
});

it("says a limit in words", () => {
  const rule = ruleById("node-failures");
  expect(rule && limitSentence(withChanges(rule, {}, 0))).toBe(
    "above 3.00 % for 2 m 00 s".replace("3.00", "3"),
  );
});

it("says when nobody watches", () => {
  expect(deadReason(null, at)).toMatch(/never/);
  expect(deadReason(at, later(deadAfterMs))).toBeNull();
  expect(deadReason(at, later(deadAfterMs + 1))).toMatch(/46 s ago|45 s ago/);
});
