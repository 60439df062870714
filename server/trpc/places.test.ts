import { describe, expect, it } from "vitest";
import { z } from "zod";
import { placesOf } from "./places.ts";

const network = z.enum(["devnet", "mainnet"]);

describe("placesOf", () => {
  it.each([
    ["no input", [], [], []],
    ["another input", [z.object({ id: z.string() })], [], []],
    ["a required network", [z.object({ network })], ["network"], ["network"]],
    ["a network with a default", [z.object({ network: network.default("devnet") })], ["network"], []],
    ["an optional network", [z.object({ network: network.nullish() })], ["network"], []],
    ["a network deeper down", [z.object({ filter: z.object({ network }) })], [], []],
    [
      "both places",
      [z.object({ network, environment: z.string() })],
      ["network", "environment"],
      ["network", "environment"],
    ],
    ["several inputs", [z.object({ network }), z.object({ id: z.bigint() })], ["network"], ["network"]],
    [
      "an extended object",
      [z.object({ id: z.string() }).and(z.object({ network }))],
      ["network"],
      ["network"],
    ],
    [
      "a union that always has one",
      [z.union([z.object({ network }), z.object({ network, a: z.int() })])],
      ["network"],
      ["network"],
    ],
    ["a union that sometimes has one", [z.union([z.object({ network }), z.object({ a: z.int() })])], [], []],
    [
      "a transformed object",
      [z.object({ network }).transform((value) => value.network)],
      ["network"],
      ["network"],
    ],
    ["no zod schema", [(value: unknown) => value], [], []],
  ])("%s", (_name, parsers, named, required) => {
    expect(placesOf(parsers)).toEqual({ named, required });
  });
});
