import { describe, expect, it } from "vitest";
import { inBitsPerSecond, inBytes, inCount, inDigits, inDuration, inMs, inPercent } from "./wording.ts";

describe("figures in sentences", () => {
  it.each([
    [0, "0"],
    [0.004, "0"],
    [3.844, "3.84"],
    [9.996, "10"],
    [38.44, "38.4"],
    [99.96, "100"],
    [1912.4, "1,912"],
    [69_840, "69,840"],
  ])("writes %s with three significant digits as %s", (value, text) => {
    expect(inDigits(value)).toBe(text);
  });

  it.each([
    [1_100, "1.1 s"],
    [42_000, "42 s"],
    [59_600, "1 m 00 s"],
    [300_000, "5 m 00 s"],
    [1_570_000, "26 m 10 s"],
    [7_800_000, "2 h 10 m"],
    [19 * 86_400_000, "19 d"],
    [-5, "0.0 s"],
  ])("writes %s ms as %s", (ms, text) => {
    expect(inDuration(ms)).toBe(text);
  });

  it("names units beside the number: IEC for bytes, SI for rates", () => {
    expect(inBytes(55.1 * 2 ** 40)).toBe("55.1 TiB");
    expect(inBytes(1_000)).toBe("1,000 B");
    expect(inBitsPerSecond(1.94e9)).toBe("1.94 Gb/s");
    expect(inPercent(0.0384)).toBe("3.84 %");
    expect(inMs(1912.4)).toBe("1,912 ms");
    expect([inCount(1, "node"), inCount(3, "node")]).toEqual(["1 node", "3 nodes"]);
  });
});
