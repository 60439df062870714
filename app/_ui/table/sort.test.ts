import { describe, expect, it } from "vitest";
import { formatSort, parseSort, sortRows, toggleSort } from "./sort.ts";

const first = { isAdded: false, startsDescending: false };
const figure = { isAdded: false, startsDescending: true };

describe("pressing a column head", () => {
  it("sorts up, then down, then not at all", () => {
    const up = toggleSort([], "name", first);
    const down = toggleSort(up, "name", first);
    expect(up).toEqual([{ id: "name", isDescending: false }]);
    expect(down).toEqual([{ id: "name", isDescending: true }]);
    expect(toggleSort(down, "name", first)).toEqual([]);
  });

  it("starts a figure with its greatest", () => {
    expect(toggleSort([], "p99", figure)).toEqual([{ id: "p99", isDescending: true }]);
  });

  it("replaces the sort, and with shift adds to it without moving its keys", () => {
    const byStatus = toggleSort([], "status", first);
    const both = toggleSort(byStatus, "p99", { ...figure, isAdded: true });
    expect(both.map(({ id }) => id)).toEqual(["status", "p99"]);
    expect(toggleSort(both, "status", { ...first, isAdded: true })).toEqual([
      { id: "status", isDescending: true },
      { id: "p99", isDescending: true },
    ]);
    expect(toggleSort(both, "name", first)).toEqual([{ id: "name", isDescending: false }]);
  });
});

describe("sorting rows", () => {
  const rows = [
    { name: "s10", p99: 12 },
    { name: "s2", p99: null },
    { name: "s1", p99: 90 },
    { name: "s3", p99: 12 },
  ];
  const names = (sort: string) =>
    sortRows(rows, parseSort(sort, ["name", "p99"]), (row, id) => (id === "name" ? row.name : row.p99)).map(
      ({ name }) => name,
    );

  it("puts missing readings last in both directions", () => {
    expect(names("p99").at(-1)).toBe("s2");
    expect(names("-p99").at(-1)).toBe("s2");
  });

  it("decides ties by the next key, and else keeps the order", () => {
    expect(names("p99,name")).toEqual(["s3", "s10", "s1", "s2"]);
    expect(names("p99")).toEqual(["s10", "s3", "s1", "s2"]);
  });

  it("counts numbers inside names", () => {
    expect(names("name")).toEqual(["s1", "s2", "s3", "s10"]);
  });
});

it("survives the address, without columns that do not exist", () => {
  const sort = parseSort("-p99,secret,name", ["name", "p99"]);
  expect(formatSort(sort)).toBe("-p99,name");
});
