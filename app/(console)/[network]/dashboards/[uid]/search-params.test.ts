import { expect, it } from "vitest";
import { toggled, toVariables, without } from "./search-params.ts";

it("reads values that hold colons, and passes over what is no pair", () => {
  expect(toVariables(["cluster:Dragon 1", "cluster:a:b", "nothing", ":x"])).toEqual({
    cluster: ["Dragon 1", "a:b"],
  });
});

it("chooses a value, leaves it again, and forgets a whole variable", () => {
  const one = toggled([], "cluster", "Dragon 1");
  expect(toggled(toggled(one, "cluster", "Harbor 2"), "cluster", "Dragon 1")).toEqual(["cluster:Harbor 2"]);
  expect(without(["cluster:a", "site:b"], "cluster")).toEqual(["site:b"]);
});
