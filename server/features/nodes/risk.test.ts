import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RiskFacts, riskOf } from "./risk.ts";
import { defaultNodeLimits } from "./rules.ts";

function facts(changes: Partial<RiskFacts>): RiskFacts {
  return {
    failureRatio: 0.0007,
    requests15m: 50_000,
    probes: { asked: 1_440, missed: 0, askedHour: 60, missedHour: 0 },
    pieces: { checked: 40, wrong: 0 },
    longestSilenceMs: 4_000,
    longestSilenceAt: new Date("2026-11-23T02:41:00Z"),
    clockSkewMs: 12,
    disk: { fullInDays: null, wording: "No growth" },
    offences: { state: "not_indexed", network: "mainnet" },
    ...changes,
  };
}

const score = (changes: Partial<RiskFacts>) => riskOf(facts(changes), defaultNodeLimits);

describe("risk before penalty", () => {
  it.each<[string, Partial<RiskFacts>, number]>([
    ["nothing wrong", {}, 0],
    [
      "gone for half an hour",
      { longestSilenceMs: 1_800_000, probes: { asked: 1_440, missed: 30, askedHour: 60, missedHour: 30 } },
      60,
    ],
    ["one missed probe a day", { probes: { asked: 1_440, missed: 1, askedHour: 60, missedHour: 0 } }, 0],
    ["one wrong piece of forty", { pieces: { checked: 40, wrong: 1 } }, 30],
    ["every twentieth piece wrong", { pieces: { checked: 40, wrong: 2 } }, 60],
    ["no piece verified yet", { pieces: { checked: 0, wrong: 0 } }, 0],
    ["3.84 % failing", { failureRatio: 0.0384 }, 14],
    ["10 % failing", { failureRatio: 0.1 }, 40],
    ["a clock five seconds off", { clockSkewMs: -5_500 }, 8],
    ["full in three days", { disk: { fullInDays: 3, wording: "Full in 3 days" } }, 23],
    [
      "all at once",
      { failureRatio: 1, longestSilenceMs: 9e9, clockSkewMs: 9e9, disk: { fullInDays: 0, wording: "Full" } },
      100,
    ],
  ])("%s scores as weighted", (_, changes, expected) => {
    expect(score(changes).score).toBe(expected);
  });

  it("crosses the threshold that is set", () => {
    const gone = facts({
      longestSilenceMs: 1_800_000,
      probes: { asked: 60, missed: 30, askedHour: 60, missedHour: 30 },
    });
    expect(riskOf(gone, defaultNodeLimits).isOverThreshold).toBe(true);
    expect(riskOf(gone, { ...defaultNodeLimits, riskWarn: 70 }).isOverThreshold).toBe(false);
  });

  it("says what could not be measured and adds nothing for it", () => {
    const risk = score({ probes: null, clockSkewMs: null, disk: null, failureRatio: null, requests15m: 3 });
    expect(risk.factors.filter(({ points }) => points === null).map(({ reading }) => reading)).toEqual([
      "3 requests, too few to judge",
      "not probed",
      "not reported",
      "no forecast",
      "not indexed on mainnet",
    ]);
    expect(risk.score).toBe(0);
  });

  it("has no score when nothing is known", () => {
    const risk = score({
      probes: null,
      clockSkewMs: null,
      disk: null,
      failureRatio: null,
      pieces: null,
      longestSilenceMs: null,
    });
    expect(risk).toMatchObject({ score: null, isOverThreshold: false });
  });

  it("is the sum of the points that it shows, at most 100", () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        ratio,
        fc.nat(1e9),
        fc.integer({ min: -1e7, max: 1e7 }),
        (failureRatio, longestSilenceMs, clockSkewMs) => {
          const risk = score({ failureRatio, longestSilenceMs, clockSkewMs });
          const sum = risk.factors.reduce((total, { points }) => total + (points ?? 0), 0);
          expect(risk.score).toBe(Math.min(100, sum));
          for (const { points, maxPoints } of risk.factors)
            expect(points ?? 0).toBeLessThanOrEqual(maxPoints);
        },
      ),
    );
  });
});
