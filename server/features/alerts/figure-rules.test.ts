import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, conditionSchema } from "./condition-schema.ts";
import { boundOf, figureOf, type Known, lookbackMs } from "./figure-rules.ts";
import { buildHistory, type History, replaceTail } from "./history.ts";
import type { MetricId } from "./metric-rules.ts";
import { isBreached } from "./rules.ts";

const minute = 60_000;
const at = Date.parse("2026-11-23T12:00:00Z");

/** One value a minute, the last one in the minute before `at`; null = nothing was heard. */
function minutes(values: readonly (number | null)[]): History {
  const points = values.flatMap((value, index) =>
    value === null ? [] : [{ at: at - (values.length - index) * minute, value }],
  );
  return buildHistory(points, minute);
}

function known(metrics: Partial<Record<MetricId, readonly (number | null)[]>>, isStalled = false): Known {
  const entries = Object.entries(metrics) as [MetricId, readonly (number | null)[]][];
  return { histories: new Map(entries.map(([id, values]) => [id, minutes(values)])), isStalled };
}

const condition = (given: object) => conditionSchema.parse(given);
const cpu = condition({
  kind: "threshold",
  metric: "cpu",
  windowMs: 3 * minute,
  breach: "above",
  limit: 0.9,
});
const requests = condition({ ...cpu, metric: "requests" });
const failing = condition({
  kind: "ratio",
  of: "failures",
  by: "requests",
  windowMs: 5 * minute,
  least: 100,
  breach: "above",
  limit: 0.05,
});
const absent = condition({ kind: "absence", metric: "cpu", limitMs: 5 * minute });
const rising = condition({
  kind: "rate-of-change",
  metric: "memory",
  windowMs: 4 * minute,
  breach: "above",
  limit: 0.2,
});
const filling = condition({
  kind: "forecast",
  metric: "disk",
  windowMs: 10 * minute,
  level: 1,
  direction: "rises",
  withinMs: 60 * minute,
});
const burning = condition({
  kind: "burn-rate",
  bad: "failures",
  total: "requests",
  objective: 0.99,
  least: 100,
  pairs: [
    { longMs: 10 * minute, shortMs: 2 * minute, factor: 10 },
    { longMs: 60 * minute, shortMs: 5 * minute, factor: 2 },
  ],
});
const times = (count: number, value: number) => Array.from({ length: count }, () => value);
const never = Number.MAX_SAFE_INTEGER;

describe("the figure of a condition", () => {
  const table: [what: string, condition: Condition, known: Known, figure: number | null][] = [
    ["of a gauge is the mean of its window", cpu, known({ cpu: [0, 0.3, 0.6, 0.9] }), 0.6],
    ["leaves a gap out, and does not take it for 0", cpu, known({ cpu: [0.6, null, 0.9] }), 0.75],
    ["is not known where nothing was heard in the window", cpu, known({ cpu: [1, null, null, null] }), null],
    ["is not known of what was never heard", cpu, known({}), null],
    ["of a count is its sum", requests, known({ requests: [7, 1, 2, 3] }), 6],
    [
      "of a ratio is a share of the whole",
      failing,
      known({ failures: times(5, 10), requests: times(5, 100) }),
      0.1,
    ],
    ["says nothing of too few", failing, known({ failures: times(5, 10), requests: times(5, 19) }), null],
    ["says nothing of a share of nothing", failing, known({ failures: [1], requests: [0] }), null],
    ["of no failures is 0", failing, known({ requests: times(5, 100) }), 0],
    ["of absence is 0 in the minute after the last", absent, known({ cpu: [0.5] }), 0],
    ["of absence grows", absent, known({ cpu: [0.5, ...times(6, 0).map(() => null)] }), 6 * minute],
    ["of absence is not known of who was never there", absent, known({}), null],
    ["of absence says nothing while the road stands still", absent, known({ cpu: [0.5, null] }, true), null],
    [
      "of a change compares with a window ago",
      rising,
      known({ memory: [0.2, 0.2, 0.4, 0.4, 0.5, 0.5] }),
      0.3,
    ],
    ["of a change needs both ends", rising, known({ memory: [null, null, 0.4, 0.4, 0.5, 0.5] }), null],
    ["of a change after a restart waits for its window", rising, known({ memory: [0.4, 0.9] }), null],
    [
      "of a forecast that falls is never",
      filling,
      known({ disk: times(10, 0).map((_, n) => 0.9 - n / 100) }),
      never,
    ],
    ["of a level line is never", filling, known({ disk: times(10, 0.9) }), never],
    ["of a forecast beyond its level is now", filling, known({ disk: times(10, 1.1) }), 0],
    ["of a forecast needs enough points", filling, known({ disk: [0.5, 0.6, 0.7, 0.8] }), null],
    [
      "of a forecast needs points over half of its window",
      filling,
      known({ disk: [0.5, 0.6, 0.7, 0.8, 0.9, null, null, null, null] }),
      null,
    ],
    [
      "of a burn is the worst pair's, each as slow as its slower window",
      burning,
      known({ failures: [...times(8, 0), ...times(2, 100)], requests: times(10, 100) }),
      // 100 % of the short window burns 100 times, 20 % of the long one 20 times: 20 of 10 that are allowed.
      Math.max(20 / 10, 20 / 2),
    ],
    [
      "of a burn is over as soon as the short window is",
      burning,
      known({ failures: [...times(50, 50), ...times(10, 0)], requests: times(60, 100) }),
      0,
    ],
    ["of a burn is not known of too few", burning, known({ failures: [1], requests: [1] }), null],
  ];
  it.each(table)("%s", (_, given, facts, figure) => {
    const found = figureOf(given, facts, at);
    if (figure === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(figure, 9);
  });

  it("of a forecast is the time until the line reaches its level", () => {
    const disk = times(10, 0).map((_, n) => 0.5 + n / 100);
    expect((figureOf(filling, known({ disk }), at) ?? 0) / minute).toBeCloseTo(40, 6);
  });

  it("does not see what lies after its moment: a clock that jumped back", () => {
    const facts = known({ cpu: [0.1, 0.1, 0.1, ...times(30, 1)] });
    expect(figureOf(cpu, facts, at - 30 * minute)).toBeCloseTo(0.1, 9);
  });

  it("after a clock that jumped ahead is not known, and so breaks nothing", () => {
    const facts = known({
      cpu: times(30, 1),
      memory: times(30, 1),
      requests: times(30, 1),
      failures: times(30, 1),
    });
    for (const given of [cpu, failing, rising, burning, filling])
      expect(figureOf(given, facts, at + 86_400_000)).toBeNull();
  });

  it("breaks its bound just beyond it", () => {
    const table: [Condition, inside: number, beyond: number][] = [
      [cpu, 0.9, 0.91],
      [absent, 5 * minute, 5 * minute + 1],
      [filling, 60 * minute, 60 * minute - 1],
      [burning, 1, 1.01],
    ];
    for (const [given, inside, beyond] of table) {
      expect(isBreached(boundOf(given), inside)).toBe(false);
      expect(isBreached(boundOf(given), beyond)).toBe(true);
    }
  });
});

describe("a history", () => {
  it("is the same whether minutes came one by one, late, twice or at once", () => {
    const value = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 59 }),
        (values, cut) => {
          const whole = minutes(values);
          const points = values.flatMap((point, index) =>
            point === null ? [] : [{ at: at - (values.length - index) * minute, value: point }],
          );
          const grown = buildHistory(points.slice(0, cut), minute);
          // What was read last is read again with what is new, as the evaluator does.
          replaceTail(grown, points.slice(Math.max(0, cut - 3)));
          expect(grown).toEqual(whole);
        },
      ),
    );
  });

  it("is looked back at by as much as its condition needs", () => {
    for (const given of [cpu, failing, absent, rising, filling, burning]) {
      const backMs = lookbackMs(given);
      const long = { ...known({}), histories: new Map<MetricId, History>() };
      const short = { ...known({}), histories: new Map<MetricId, History>() };
      for (const metric of ["cpu", "memory", "disk", "requests", "failures"] as const) {
        const points = times(200, 0).map((_, n) => ({
          at: at - (200 - n) * minute,
          value: 200 + ((n * 7) % 13),
        }));
        long.histories.set(metric, buildHistory(points, minute));
        short.histories.set(
          metric,
          buildHistory(
            points.filter((point) => point.at >= at - backMs),
            minute,
          ),
        );
      }
      expect(figureOf(given, short, at)).toBeCloseTo(figureOf(given, long, at) ?? Number.NaN, 6);
    }
  });
});
