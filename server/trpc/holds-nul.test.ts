import { expect, it } from "vitest";
import { holdsNul } from "./holds-nul.ts";

it.each<[unknown, boolean]>([
  ["a\u0000b", true],
  [{ reason: "a\u0000b" }, true],
  [{ list: [{ deep: ["\u0000"] }] }, true],
  [{ "a\u0000": 1 }, true],
  ["a\\u0000b", false],
  [{ reason: "why", days: null, drops: 0 }, false],
  [undefined, false],
])("%j: %s", (input, holds) => {
  expect(holdsNul(input)).toBe(holds);
});
