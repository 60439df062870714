import { describe, expect, it } from "vitest";
import { dashboards } from "./catalogue.ts";
import { expandQuery, panelStepMs, type QueryScope } from "./expand-query.ts";

const scope: QueryScope = {
  network: "mainnet",
  from: new Date("2026-11-27T00:00:00.000Z"),
  to: new Date("2026-11-27T03:00:00.000Z"),
  stepMs: 60_000,
  variables: new Map([["cluster", ["Dragon 1", "it's; DROP TABLE x"]]]),
};

describe("a stored question as PostgreSQL takes it", () => {
  it.each([
    ["$__timeFilter(m.at)", "m.at BETWEEN '2026-11-27T00:00:00.000Z' AND '2026-11-27T03:00:00.000Z'"],
    ["$__timeGroup(m.at, '$__interval')", "floor(extract(epoch from m.at)/60)*60"],
    ["$__timeGroup(m.at, '1h')", "floor(extract(epoch from m.at)/3600)*3600"],
    ["$__timeTo()::timestamptz", "'2026-11-27T03:00:00.000Z'::timestamptz"],
    ["1 / $__interval_ms", "1 / 60000"],
    ["'$__interval'", "'60s'"],
    ["FROM grafana_node n", "FROM grafana_mainnet.grafana_node n"],
  ])("writes %s out", (stored, text) => {
    expect(expandQuery(stored, scope).text).toBe(text);
  });

  it("gives a variable's values as a parameter, never as text of the statement", () => {
    const { text, values } = expandQuery("SELECT 1 WHERE c IN ($cluster)", scope);
    expect(text).toBe("SELECT 1 WHERE c IN (SELECT unnest($1::text[]))");
    expect(values).toEqual([["Dragon 1", "it's; DROP TABLE x"]]);
  });

  it("refuses a variable that the dashboard does not have", () => {
    expect(() => expandQuery("SELECT $region", scope)).toThrow("$region");
  });

  it("chooses steps of at least a minute and at most 240 of them", () => {
    const hours = (count: number) =>
      panelStepMs(scope.from, new Date(scope.from.getTime() + count * 3_600_000));
    expect([hours(0.1), hours(3), hours(24), hours(24 * 30)]).toEqual([60_000, 60_000, 600_000, 10_800_000]);
  });
});

describe("the files that ship", () => {
  const panels = dashboards.flatMap((dashboard) => dashboard.panels.map((panel) => ({ dashboard, panel })));

  it("ask only for what they may see: one SELECT on the views of an audience", () => {
    for (const { panel } of panels) {
      expect(panel.rawSql).toMatch(/^SELECT /);
      expect(panel.rawSql).not.toContain(";");
      const sources = [...panel.rawSql.matchAll(/\b(?:FROM|JOIN) ([a-z_]+)/g)].map(([, name]) => name);
      expect(sources.filter((name) => !name?.startsWith("grafana_"))).toEqual(
        sources.filter((name) => name === "m"),
      );
    }
  });

  it("have uids and panel ids of their own, and fit the grid", () => {
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
    for (const { uid, panels: own } of dashboards) {
      expect(new Set(own.map(({ id }) => id)).size, uid).toBe(own.length);
      for (const { grid } of own) expect(grid.x + grid.w).toBeLessThanOrEqual(24);
    }
  });
});
