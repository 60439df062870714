import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeSorts, nodeStates } from "./list-rules.ts";
import type { NodeRow, NodeSort } from "./schema.ts";
import { countByStatus, facetOf, filterNodes, pageNodes, sumOf } from "./select-nodes.ts";
import { aRow } from "./testing/a-row.ts";

const names = (rows: readonly NodeRow[]) => rows.map(({ name }) => name);
const inState = (kind: NodeRow["status"]["kind"], parts: Partial<NodeRow>) =>
  aRow({ ...parts, status: { kind, reason: "" } });

describe("the filter of the list", () => {
  const rows = [
    aRow({
      name: "fsn1-s07",
      provider: "6Northbeam",
      mode: "Full",
      version: "1.15.0",
      clusterName: "Dragon 1",
    }),
    aRow({
      name: "ash1-s03",
      provider: "6Kelpie",
      mode: "Storage",
      region: "us-east",
      providerName: "Kelpie Labs",
    }),
    inState("silent", { name: "sin1-s02", provider: "6Straits", mode: "Storage", region: null, host: null }),
  ];
  it.each([
    [{}, ["fsn1-s07", "ash1-s03", "sin1-s02"]],
    [{ text: "S07" }, ["fsn1-s07"]],
    [{ text: "kelpie us-east" }, ["ash1-s03"]],
    [{ text: "dragon" }, ["fsn1-s07"]],
    [{ text: "null" }, []],
    [{ status: ["silent" as const] }, ["sin1-s02"]],
    [{ mode: ["Storage"], provider: ["6Kelpie", "6Northbeam"] }, ["ash1-s03"]],
    [{ region: ["eu-central"] }, ["fsn1-s07"]],
    [{ version: [] }, ["fsn1-s07", "ash1-s03", "sin1-s02"]],
  ])("%j leaves %j", (filter, expected) => {
    expect(names(filterNodes(rows, filter))).toEqual(expected);
  });
});

describe("the order of the list", () => {
  const order = (rows: NodeRow[], ...sort: NodeSort[]) => names(pageNodes(rows, { sort, limit: 100 }).rows);

  it("puts the worst state first and within it the slowest", () => {
    const rows = [
      aRow({ name: "quick", p99Ms: 10 }),
      aRow({ name: "slow", p99Ms: 300 }),
      inState("degraded", { name: "bad", p99Ms: 486 }),
      inState("wrong_bytes", { name: "worst", p99Ms: null }),
    ];
    expect(order(rows)).toEqual(["worst", "bad", "slow", "quick"]);
  });

  it("puts what is not known last, upwards and downwards", () => {
    const rows = [
      aRow({ name: "none", cpu: null }),
      aRow({ name: "low", cpu: 0.1 }),
      aRow({ name: "high", cpu: 0.9 }),
    ];
    expect(order(rows, { by: "cpu", direction: "asc" })).toEqual(["low", "high", "none"]);
    expect(order(rows, { by: "cpu", direction: "desc" })).toEqual(["high", "low", "none"]);
  });

  it("sorts by several columns, names without regard to case", () => {
    const rows = [
      aRow({ name: "b", provider: "x" }),
      aRow({ name: "A", provider: "x" }),
      aRow({ name: "c", provider: "a" }),
    ];
    expect(order(rows, { by: "provider", direction: "desc" }, { by: "name", direction: "asc" })).toEqual([
      "A",
      "b",
      "c",
    ]);
  });

  it("gives every row on exactly one page, whatever the order and the page", () => {
    const aFigure = fc.option(fc.integer({ min: 0, max: 3 }));
    const someRows = fc.array(
      fc.record({
        cpu: aFigure,
        p99Ms: aFigure,
        provider: fc.option(fc.constantFrom("a", "B", "c")),
        kind: fc.constantFrom(...nodeStates),
      }),
      { maxLength: 40 },
    );
    const someSort = fc.array(
      fc.record({
        by: fc.constantFrom(...nodeSorts),
        direction: fc.constantFrom("asc" as const, "desc" as const),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(someRows, someSort, fc.integer({ min: 1, max: 7 }), (parts, sort, limit) => {
        const rows = parts.map(({ kind, ...rest }) => inState(kind, rest));
        const whole = pageNodes(rows, { sort, limit: 1_000 }).rows.map(({ key }) => key);
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page = pageNodes(rows, { sort, limit, cursor });
          seen.push(...page.rows.map(({ key }) => key));
          cursor = page.next;
        } while (cursor !== null);
        expect(seen).toEqual(whole);
        expect(new Set(whole).size).toBe(rows.length);
      }),
    );
  });

  it("refuses a cursor of another list", () => {
    expect(() => pageNodes([aRow()], { limit: 1, cursor: "bm9uc2Vuc2U" })).toThrow(
      "Start again from the first page",
    );
  });
});

describe("what stands beside the list", () => {
  it("counts states in their order and leaves out what is not there", () => {
    expect(countByStatus([aRow(), inState("silent", {}), aRow()])).toEqual([
      { kind: "silent", nodes: 1 },
      { kind: "online", nodes: 2 },
    ]);
  });

  it("sums what is known and nothing else", () => {
    expect(
      sumOf([aRow({ storedBytes: 5 }), aRow({ storedBytes: null }), aRow({ storedBytes: 7 })], "storedBytes"),
    ).toBe(12);
    expect(sumOf([aRow({ storedBytes: null })], "storedBytes")).toBeNull();
  });

  it("offers the values of a column, most first, by the name a person knows", () => {
    const rows = [
      aRow({ clusterId: "0x01", clusterName: "Dragon 1" }),
      aRow({ clusterId: "0x01", clusterName: "Dragon 1" }),
      aRow({ clusterId: "0x02" }),
      aRow(),
    ];
    expect(facetOf(rows, "clusterId")).toEqual([
      { value: "0x01", label: "Dragon 1", nodes: 2 },
      { value: "0x02", label: "0x02", nodes: 1 },
    ]);
  });
});
