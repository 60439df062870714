import { expect, it } from "vitest";
import { NodeStir } from "./node-stir.ts";

it("reads a node for some ticks after the last word of it, then no more", () => {
  const stir = new NodeStir(2);
  stir.add(["7"]);
  expect([stir.next(), stir.next(), stir.next()]).toEqual([[7], [7], null]);
});

it("starts counting anew with every word", () => {
  const stir = new NodeStir(2);
  stir.add(["7"]);
  stir.next();
  stir.add(["7", "8"]);
  expect([stir.next(), stir.next(), stir.next()]).toEqual([[7, 8], [7, 8], null]);
});

it("reads all nodes when a notice could not name them", () => {
  const stir = new NodeStir(1);
  stir.add(["7"]);
  stir.add("all");
  expect([stir.next(), stir.next()]).toEqual(["all", null]);
});
