import { expect, it } from "vitest";
import { separated } from "./separated.ts";

it.each([
  ["19681.6450955325", "19,681.6450955325"],
  ["9007199254740993", "9,007,199,254,740,993"],
  ["-1234.5", "-1,234.5"],
  ["999", "999"],
  ["0.1234567", "0.1234567"],
])("writes %s as %s", (decimal, text) => {
  expect(separated(decimal)).toBe(text);
});
