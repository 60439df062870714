import { describe, expect, it } from "vitest";
import { toAnswer } from "./to-answer.ts";

const start = new Date("2026-11-27T00:00:00.000Z");
const steps = { start, stepMs: 60_000, points: 3 };
const second = (minute: number) => String(start.getTime() / 1000 + minute * 60);

describe("rows as what is drawn", () => {
  it("puts each value on its step and leaves a gap where there is no row", () => {
    const rows = [
      { time: second(0), metric: "b", value: "7" },
      { time: second(2), metric: "b", value: 9.5 },
      { time: second(1), metric: "a", value: null },
      { time: second(9), metric: "a", value: 1 },
    ];
    expect(toAnswer({ form: "timeseries" }, rows, steps)).toMatchObject({
      series: [
        { label: "a", values: [null, null, null] },
        { label: "b", values: [7, null, 9.5] },
      ],
      left: 0,
    });
  });

  it("counts the series that are too many instead of dropping them silently", () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      time: second(0),
      metric: `m${index}`,
      value: 1,
    }));
    const answer = toAnswer({ form: "timeseries" }, rows, steps);
    expect(answer.kind === "series" && [answer.series.length, answer.left]).toEqual([9, 3]);
  });

  it("keeps exact what is text, and says null where there is nothing", () => {
    expect(toAnswer({ form: "stat" }, [{ sum: "9007199254740993" }], steps)).toEqual({
      kind: "value",
      value: "9007199254740993",
    });
    expect(toAnswer({ form: "stat" }, [], steps)).toEqual({ kind: "value", value: null });
    expect(toAnswer({ form: "stat" }, [{ sum: null }], steps)).toEqual({ kind: "value", value: null });
  });

  it("names the columns of a table in their order", () => {
    expect(toAnswer({ form: "table" }, [{ node: "a", failures: "3", rate: null }], steps)).toEqual({
      kind: "table",
      columns: ["node", "failures", "rate"],
      rows: [["a", "3", null]],
    });
  });
});
