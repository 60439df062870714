import { describe, expect, it } from "vitest";
import { formatBits, formatBytes, formatBytesIn, formatGigabits } from "./bytes.ts";
import { formatInteger, formatNumber, formatReading, formatSi, inStyle } from "./number.ts";
import { formatPercent, formatShare } from "./percent.ts";

it.each([null, undefined, Number.NaN])("shows %s as a dot, never as 0", (missing) => {
  const shown = [formatNumber, formatReading, formatSi, formatPercent, formatShare].map((format) =>
    format(missing),
  );
  expect(new Set(shown)).toEqual(new Set(["·"]));
  expect(formatBytes(missing)).toBe("·");
});

it("shows a true zero as 0", () => {
  expect([formatNumber(0), formatReading(0), formatPercent(0), formatBytes(0)]).toEqual([
    "0",
    "0",
    "0",
    "0 B",
  ]);
});

it.each([
  [1912.4, "1,912"],
  [187.4, "187"],
  [99.96, "100"],
  [11.24, "11.2"],
  [0.2, "0.20"],
  [0.001, "<0.01"],
])("shows a reading of %d as %s", (value, text) => {
  expect(formatReading(value)).toBe(text);
});

it("writes counts beyond 2^53 exactly", () => {
  expect(formatInteger("9007199254740993")).toBe("9,007,199,254,740,993");
});

it("steps rates by thousands and sizes by 1024", () => {
  expect([formatSi(14_213), formatSi(12_400_000), formatSi(812)]).toEqual(["14.2 k", "12.4 M", "812"]);
  expect([formatBytes(1_048_576), formatBytes("60582821272166"), formatBytes(1_023)]).toEqual([
    "1.00 MiB",
    "55.1 TiB",
    "1,023 B",
  ]);
});

it("keeps a column in the unit of its head", () => {
  expect(formatBytesIn(60_582_821_272_166, "TiB")).toBe("55.1");
  expect(formatGigabits(242_500_000)).toBe("1.94");
  expect(formatBits(242_500_000)).toBe("1.94 Gb/s");
});

describe("percent", () => {
  it.each([
    [0.0384, "3.84"],
    [0.61, "61"],
    [0.00003, "<0.01"],
  ])("of %d is %s", (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it("of use claims no decimals", () => {
    expect([formatShare(0.8604), formatShare(0.004)]).toEqual(["86", "<1"]);
  });
});

describe("the way of writing numbers", () => {
  const figure = "1,234,567.89";

  it.each([
    ["comma", "1,234,567.89"],
    ["point", "1.234.567,89"],
    ["space", "1\u202f234\u202f567.89"],
  ] as const)("%s", (style, written) => expect(inStyle(figure, style)).toBe(written));
});
