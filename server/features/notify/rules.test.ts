import { describe, expect, it } from "vitest";
import {
  fitsPattern,
  groupKey,
  type HeldAlert,
  type ItemVerdict,
  judgeItem,
  judgeRoute,
  mostAttempts,
  nextAttempt,
  stuckReason,
  takesChange,
} from "./rules.ts";
import { type Change, routeDefinitionSchema } from "./schema.ts";

const at = new Date("2026-11-23T12:00:00.000Z");
const later = (ms: number) => new Date(at.getTime() + ms);
const aRoute = (parts: object = {}) => routeDefinitionSchema.parse(parts);

describe("a route", () => {
  const alert = { severity: "warning", labels: { alertname: "node-silent", team: "storage" } } as const;
  const team = (isEqual: boolean, pattern: string) => ({
    matchers: [{ label: "team", isEqual, pattern }],
  });
  it.each([
    ["takes everything where it names nothing", {}, true, "it takes everything"],
    ["that is off takes nothing", { isEnabled: false }, false, "the route is switched off"],
    ["leaves out other severities", { severities: ["critical"] }, false, "severity is not critical"],
    ["takes its severity", { severities: ["critical", "warning"] }, true, "severity match"],
    ["takes a label by pattern", team(true, "stor*"), true, "team match"],
    ["leaves out another value", team(true, "network"), false, "team is storage, not network"],
    ["leaves out what it names", team(false, "storage"), false, "team is storage"],
    [
      "leaves out what lacks the label",
      { matchers: [{ label: "area", isEqual: true, pattern: "x" }] },
      false,
      "no label area",
    ],
    [
      "takes what lacks a label that must not be",
      { matchers: [{ label: "area", isEqual: false, pattern: "x" }] },
      true,
      "area match",
    ],
  ])("%s", (_what, parts, isTold, why) => {
    expect(judgeRoute(aRoute(parts), alert)).toEqual({ isTold, why });
  });

  it.each([
    ["a", "a", true],
    ["a", "ab", false],
    ["*", "", true],
    ["a*", "abc", true],
    ["*c", "abc", true],
    ["a*c", "abc", true],
    ["a*a", "a", false],
    ["a*b*c", "a-c-b-c", true],
    ["a*b*c", "a-c", false],
    ["**", "x", true],
    [".*", "x", false],
  ])("reads %s for %s", (pattern, value, fits) => {
    expect(fitsPattern(pattern, value)).toBe(fits);
  });

  it("judges a hostile pattern at once", () => {
    const startedAt = performance.now();
    fitsPattern("*a".repeat(100), `${"a".repeat(50_000)}b`);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it("tells of acknowledgements only where a state of its own is kept", () => {
    expect(takesChange("pagerduty", aRoute(), "acknowledged")).toBe(true);
    expect(takesChange("slack", aRoute(), "acknowledged")).toBe(false);
    expect(takesChange("slack", aRoute({ tellsResolved: false }), "resolved")).toBe(false);
  });

  it("groups as it says, but each alert alone for PagerDuty", () => {
    const one = { id: "7", rule: "node-silent", subject: { kind: "node", id: "0x1" } };
    const keys = (["alert", "rule", "subject", "network"] as const).map((by) => groupKey("slack", by, one));
    expect(keys).toEqual(["alert 7", "rule node-silent", "node 0x1", "network"]);
    expect(groupKey("pagerduty", "network", one)).toBe("alert 7");
  });
});

describe("a change that is due", () => {
  const anAlert = (parts: Partial<HeldAlert>): HeldAlert => ({
    isResolved: false,
    quietUntil: null,
    maintenanceUntil: null,
    inhibitedBy: null,
    wasHidden: false,
    firing: "untold",
    ...parts,
  });
  const table: [what: string, change: Change, alert: Partial<HeldAlert>, verdict: Partial<ItemVerdict>][] = [
    ["that fires is sent", "firing", {}, { kind: "send" }],
    [
      "that fired and resolved before it was gathered is sent",
      "firing",
      { isResolved: true },
      { kind: "send" },
    ],
    [
      "that is silenced waits for the end of the silence",
      "firing",
      { quietUntil: later(60_000) },
      { kind: "hold", until: later(60_000) },
    ],
    [
      "in maintenance waits for its end",
      "firing",
      { maintenanceUntil: later(60_000) },
      { kind: "hold", until: later(60_000), why: "in maintenance" },
    ],
    [
      "that is silenced for longer than it is in maintenance waits for the longer",
      "firing",
      { maintenanceUntil: later(60_000), quietUntil: later(90_000) },
      { kind: "hold", until: later(90_000), why: "silenced or snoozed" },
    ],
    [
      "that outlasts its maintenance is sent",
      "firing",
      { maintenanceUntil: at, wasHidden: true },
      { kind: "send" },
    ],
    ["whose silence has ended is sent", "firing", { quietUntil: at, wasHidden: true }, { kind: "send" }],
    [
      "that resolved under its silence is no news",
      "firing",
      { quietUntil: at, wasHidden: true, isResolved: true },
      { kind: "drop" },
    ],
    ["that is explained waits", "firing", { inhibitedBy: "node-silent" }, { kind: "hold" }],
    [
      "that is explained and over is no news",
      "firing",
      { inhibitedBy: "node-silent", isResolved: true },
      { kind: "drop" },
    ],
    ["that ends is sent where its beginning was", "resolved", { firing: "told" }, { kind: "send" }],
    ["that ends is no news where its beginning was none", "resolved", {}, { kind: "drop" }],
    [
      "that ends waits for its beginning",
      "resolved",
      { firing: later(5_000) },
      { kind: "hold", until: later(5_000) },
    ],
    [
      "that ends under a silence is sent where its beginning was",
      "resolved",
      { firing: "told", quietUntil: later(1) },
      { kind: "send" },
    ],
  ];
  it.each(table)("%s", (_what, change, alert, verdict) => {
    expect(judgeItem(change, anAlert(alert), at)).toMatchObject(verdict);
  });
});

describe("after a failed attempt", () => {
  it("waits longer each time, and ends", () => {
    const waits = Array.from({ length: mostAttempts }, (_, index) =>
      nextAttempt({ status: 503, retryAfterMs: null }, index + 1, at),
    );
    const ms = waits.slice(0, -1).map((next) => (next?.getTime() ?? 0) - at.getTime());
    expect(ms).toEqual([...ms].sort((a, b) => a - b));
    expect(ms[0]).toBe(5_000);
    expect(waits.at(-1)).toBeNull();
  });
  it.each([
    [400, null],
    [404, null],
    [301, null],
    [429, 5_000],
    [408, 5_000],
    [500, 5_000],
    [null, 5_000],
  ])("answered %s", (status, ms) => {
    expect(nextAttempt({ status, retryAfterMs: null }, 1, at)).toEqual(ms === null ? null : later(ms));
  });
  it("waits as long as it is asked to, within bounds", () => {
    expect(nextAttempt({ status: 429, retryAfterMs: 60_000 }, 1, at)).toEqual(later(60_000));
    expect(nextAttempt({ status: 429, retryAfterMs: 999_999_000 }, 1, at)).toEqual(later(7_200_000));
  });
});

it("says that notifications do not go out when nobody takes what is due", () => {
  expect(stuckReason(null, at)).toBeNull();
  expect(stuckReason(later(-120_000), at)).toBeNull();
  expect(stuckReason(later(-121_000), at)).toContain("nobody sends them");
});
