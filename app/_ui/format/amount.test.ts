import fc from "fast-check";
import { expect, it } from "vitest";
import { formatAmount, splitAmount } from "./amount.ts";

it("shows every decimal of an amount", () => {
  expect(splitAmount("182041184203117", 10)).toEqual({
    sign: "",
    whole: "18,204",
    fraction: "1184203117",
    baseUnits: "182041184203117",
  });
});

it("says so when decimals are cut, and never rounds", () => {
  expect(formatAmount("182041999999999", 10, 2)).toBe("≈ 18,204.19");
  expect(formatAmount("182040000000000", 10, 2)).toBe("18,204.00");
});

it("shows a missing amount as a dot", () => {
  expect(formatAmount(null, 10)).toBe("·");
});

it("loses no base unit, however large or small the amount", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
      fc.integer({ min: 0, max: 18 }),
      (units, decimals) => {
        const parts = splitAmount(units.toString(), decimals);
        const digits = `${parts?.whole.replaceAll(",", "")}${parts?.fraction}`;
        expect(BigInt(digits) * (parts?.sign === "−" ? -1n : 1n)).toBe(units);
      },
    ),
  );
});
