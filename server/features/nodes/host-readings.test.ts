import { describe, expect, it } from "vitest";
import { resolveTimeRange } from "../../kernel/time-range.ts";
import type { PrometheusSeries } from "../../ports/prometheus.ts";
import { hostExpression, scrapeExpression } from "./host-expressions.ts";
import { momentsOf, readScrape, toReadingRows } from "./host-readings.ts";
import { hasReading, readingLines } from "./reading-series.ts";

const at = new Date("2026-11-23T12:00:30.000Z");
const range = resolveTimeRange({ from: "now-1h" }, at);
const endOf = (step: number) => new Date(range.start.getTime() + (step + 1) * range.stepMs);
const node = { network: "devnet", key: `0x${"ab".repeat(32)}` } as const;

function aSeries(reading: string, points: readonly [number, number | null][]): PrometheusSeries {
  return { labels: { reading }, points: points.map(([step, value]) => ({ at: endOf(step), value })) };
}

describe("answers of Prometheus", () => {
  it("are asked for at the end of each step, and belong to the step that ends there", () => {
    const moments = momentsOf(range);
    expect((moments.end.getTime() - moments.start.getTime()) / moments.stepMs + 1).toBe(range.points);
    const rows = toReadingRows(
      [
        aSeries("cpu", [
          [0, 0.1],
          [range.points - 1, 0.9],
        ]),
      ],
      range,
    );
    expect(rows.map(({ at: start, gauges }) => [start, gauges.cpu.sum])).toEqual([
      [range.start, 0.1],
      [new Date(endOf(range.points - 1).getTime() - range.stepMs), 0.9],
    ]);
  });

  it("leave gaps where nothing or no number was, and never a zero", () => {
    const rows = toReadingRows(
      [
        aSeries("cpu", [
          [1, 0.2],
          [2, null],
          [4, 0],
        ]),
        aSeries("memory", [[2, null]]),
        aSeries("something else", [[3, 7]]),
      ],
      range,
    );
    const lines = readingLines("cpu_memory", rows, { range, at });
    expect(lines[0]?.values.slice(0, 6)).toEqual([null, 0.2, null, null, 0, null]);
    expect(lines.map(hasReading)).toEqual([true, false]);
  });

  it("outside of the range are no readings", () => {
    expect(
      toReadingRows(
        [
          aSeries("cpu", [
            [-1, 0.5],
            [range.points, 0.5],
          ]),
        ],
        range,
      ),
    ).toEqual([]);
  });

  it("know no highest value of a step: that line is not drawn", () => {
    const rows = toReadingRows([aSeries("disk_read_ms", [[3, 4]])], range);
    const lines = readingLines("disk_read", rows, { range, at }).filter(hasReading);
    expect(lines.map(({ name }) => name)).toEqual(["disk_read"]);
  });

  it("say whether a machine is scraped, and tell that from one that is no target", () => {
    const point = (value: number) => [{ at, value }];
    const up = { labels: { reading: "up" }, points: point(1) };
    const scraped = { labels: { reading: "scraped" }, points: point(at.getTime() / 1_000) };
    expect(readScrape([up, scraped])).toEqual({ isUp: true, at });
    expect(readScrape([{ ...up, points: point(0) }])).toEqual({ isUp: false, at: null });
    expect(readScrape([])).toBeNull();
  });
});

describe("questions to Prometheus", () => {
  it("name the node by its labels, escaped", () => {
    const key = 'a"} or vector(1) or x{y="\\';
    const escaped = 'ddc_node="a\\"} or vector(1) or x{y=\\"\\\\"';
    for (const expression of [
      hostExpression(["cpu"], { ...node, key }, 1_000),
      scrapeExpression({ ...node, key }),
    ])
      expect(expression?.replaceAll(escaped, "").includes("vector")).toBe(false);
  });

  it("look back over a whole step, and no less than two minutes", () => {
    expect(hostExpression(["cpu"], node, 1_000)).toContain("[120000ms]");
    expect(hostExpression(["cpu"], node, 3_600_000)).toContain("[3600000ms]");
  });

  it("are not asked for what node-exporter does not know", () => {
    expect(hostExpression(["stored_bytes", "link_bps"], node, 1_000)).toBeNull();
  });
});
