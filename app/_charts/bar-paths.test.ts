import { describe, expect, it } from "vitest";
import { barPaths } from "./bar-paths.ts";
import type { Series } from "./chart-data.ts";

const plot = { left: 30, top: 10, width: 20, height: 100 };

function aSeries(id: string, values: Series["values"]): Series {
  return { id, label: id, colour: "cat-1", values };
}

const pathsOf = (...series: Series[]) => barPaths({ points: 2 }, series, { plot, top: 10 }).map(({ d }) => d);

describe("stacked bars", () => {
  it("stand on the axis, as high as their share of the top", () => {
    expect(pathsOf(aSeries("a", [5, 10]))).toEqual(["M30.5 110v-50h9v50zM40.5 110v-100h9v100z"]);
  });

  it("stand on the bars below them", () => {
    expect(pathsOf(aSeries("a", [5, 0]), aSeries("b", [2, 1]))).toEqual([
      "M30.5 110v-50h9v50z",
      "M30.5 60v-20h9v20zM40.5 110v-10h9v10z",
    ]);
  });

  it("are not drawn for a gap or for nothing", () => {
    expect(pathsOf(aSeries("a", [null, 0]))).toEqual([""]);
  });
});
