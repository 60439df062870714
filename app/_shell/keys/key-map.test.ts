import { describe, expect, it } from "vitest";
import { findKeys, keyMap } from "./key-map.ts";

describe("the keys", () => {
  it("mean one thing in each group", () => {
    for (const { title, entries } of keyMap) {
      const pressed = entries.map(({ keys }) => keys.join(" "));
      expect(new Set(pressed).size, title).toBe(pressed.length);
    }
  });

  it("are found by what they do, by their group and by themselves", () => {
    const found = (text: string) =>
      findKeys(keyMap, text).flatMap(({ entries }) => entries.map(({ what }) => what));
    expect(found("next row")).toEqual(["Next row"]);
    expect(found("time back")).toEqual(["One range back"]);
    expect(found("alt p")).toContain("Pin or let go");
    expect(found("nothing of it")).toEqual([]);
    expect(findKeys(keyMap, "")).toHaveLength(keyMap.length);
  });
});
