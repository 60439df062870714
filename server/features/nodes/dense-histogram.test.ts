import fc from "fast-check";
import { expect, it } from "vitest";
import {
  histogramOf,
  operations,
  packCell,
  percentilesOf,
  statuses,
  unpackCell,
} from "../../kernel/cells.ts";
import { maxBin } from "../../kernel/latency.ts";
import { eachPackedCell } from "../../kernel/packed-cells.ts";
import { int8Array } from "../../kernel/pg-binary.ts";
import { addCells, emptyHistogram, latencyOf } from "./dense-histogram.ts";

const aCell = fc.tuple(
  fc.nat(operations.length - 1),
  fc.nat(statuses.length - 1),
  fc.nat(maxBin),
  fc.integer({ min: 1, max: 1e6 }),
);
const rows = fc.array(fc.array(aCell, { maxLength: 30 }), { maxLength: 5 });

it("reads the percentiles that the kernel's sketches give", () => {
  fc.assert(
    fc.property(rows, (cellRows) => {
      const packed = cellRows.map((cells) => cells.map((cell) => packCell(...cell)));
      const histogram = emptyHistogram();
      for (const row of packed) addCells(histogram, int8Array(row));
      const { p50, p95, p99 } = percentilesOf(histogramOf(packed.flat().map(unpackCell)));
      expect(latencyOf(histogram)).toEqual({ p50Ms: p50, p95Ms: p95, p99Ms: p99 });
    }),
  );
});

it("reads every cell of an array as PostgreSQL writes it, to the highest count", () => {
  const seen: [number, number][] = [];
  eachPackedCell(int8Array([packCell(1, 0, 300, 7), packCell(0, 3, 1, 2 ** 36 - 1)]), (key, count) =>
    seen.push([key, count]),
  );
  expect(seen).toEqual([
    [(1 << 13) | 300, 7],
    [(3 << 10) | 1, 2 ** 36 - 1],
  ]);
  eachPackedCell(int8Array([]), () => expect.unreachable());
});
