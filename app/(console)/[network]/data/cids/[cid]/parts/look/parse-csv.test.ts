import { describe, expect, it } from "vitest";
import { looksLikeCsv, parseCsv } from "./parse-csv.ts";

describe("comma-separated text", () => {
  it("keeps commas, quotes and line ends inside quotes", () => {
    expect(parseCsv('a,"b, ""c""\nd"\r\n1,2\n', 10)).toEqual([
      ["a", 'b, "c"\nd'],
      ["1", "2"],
    ]);
  });

  it("leaves out a last line that is cut off, and stops at the limit", () => {
    expect(parseCsv("a,b\n1,2\n3", 10)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(parseCsv("a,b\n1,2\n3,4\n", 2)).toHaveLength(2);
  });

  it("is told from prose", () => {
    expect(looksLikeCsv("name,size\nx,1\ny,2\n")).toBe(true);
    expect(looksLikeCsv("Once, there was\na line without one\n")).toBe(false);
    expect(looksLikeCsv("one\ntwo\n")).toBe(false);
  });
});
