import { expect, it } from "vitest";
import type { ComparisonRow } from "../../../../../../server/features/nodes/schema.ts";
import { withHostReports } from "./host-reports.ts";

const absent = { kind: "absent", why: "not reported" } as const;
const views: ComparisonRow[] = (["source", "alive"] as const).map((subject) => ({
  subject,
  label: subject,
  registered: absent,
  reported: absent,
  measured: absent,
  verdict: null,
}));
const at = "2026-11-23T12:00:30.000Z";
const scrapedAt = "2026-11-23T12:00:18.000Z";
const from = { kind: "node_exporter", prometheus: "prometheus:9090", scrapedAt } as const;

const reportsOf = (host: Parameters<typeof withHostReports>[1]) =>
  withHostReports(views, host).map(({ reported }) =>
    reported.kind === "value" ? reported.text : reported.why,
  );

it("names who speaks for the machine of a node that never reported, for nothing but the source", () => {
  expect(reportsOf(null)).toEqual(["not reported", "not reported"]);
  expect(reportsOf({ at, from: { ...from, isUp: true } })).toEqual([
    "by Prometheus, 12 s ago",
    "not reported",
  ]);
  expect(reportsOf({ at, from: { ...from, isUp: false } })[0]).toBe("by Prometheus, silent for 12 s");
  expect(reportsOf({ at, from: { kind: "absent", why: "Set PROMETHEUS_URL." } })[0]).toBe(
    "Set PROMETHEUS_URL.",
  );
});
