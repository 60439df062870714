import { describe, expect, it } from "vitest";
import { keepOrder, shownOf } from "./row-order.ts";
import { aNodeRow } from "./testing/a-node-row.ts";

const [a, b, c] = [aNodeRow({ name: "a" }), aNodeRow({ name: "b" }), aNodeRow({ name: "c" })];
const silent = { kind: "silent", reason: "No telemetry." } as const;
const namesOf = (rows: readonly { name: string }[]) => rows.map((row) => row.name).join("");

describe("the order of rows that somebody reads", () => {
  it.each([
    ["stays when the server sorts anew", [c, a, b], "abc", 0],
    ["tells of a node in another state where it was", [{ ...b, status: silent }, a, c], "abc", 1],
    ["puts a new node last and tells of it", [aNodeRow({ name: "d" }), a, b, c], "abcd", 1],
    ["drops a gone node and tells of it", [c, a], "ac", 1],
  ])("%s", (_, rows, names, news) => {
    const order = keepOrder(shownOf([a, b, c]), rows);
    expect([namesOf(order.rows), order.news]).toEqual([names, news]);
  });
});
