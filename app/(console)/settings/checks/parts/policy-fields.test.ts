import { expect, it } from "vitest";
import { fieldText, readField, readNames } from "./policy-fields.ts";

const mib = {
  name: "maxBytes",
  label: "",
  unit: "MiB",
  factor: 2 ** 20,
  bounds: { least: 1_024, most: 2 ** 28 },
};

it.each([
  ["16", { value: 16 * 2 ** 20 }],
  [" 0.5 ", { value: 2 ** 19 }],
  ["1,000", { problem: "Write a number from 0.001 to 256 MiB." }],
  ["0", { problem: "Write a number from 0.001 to 256 MiB." }],
  ["", { problem: "Write a number from 0.001 to 256 MiB." }],
  ["many", { problem: "Write a number from 0.001 to 256 MiB." }],
])("reads %j as bytes, or says what fits", (text, read) => {
  expect(readField(mib, text)).toEqual(read);
});

it("shows what is stored in the unit that is typed", () => {
  expect(fieldText(mib, 16 * 2 ** 20)).toBe("16");
  expect(readField(mib, fieldText(mib, 12_345_678))).toEqual({ value: expect.closeTo(12_345_678, -4) });
});

it("takes a name a line, each once", () => {
  expect(readNames(" fs\n\nagents \nfs\n")).toEqual(["fs", "agents"]);
});
