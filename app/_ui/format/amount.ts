import { formatInteger, inStyle, noReading } from "./number.ts";

/** An exact amount: whole units, all decimals, and the base units they come from. Never a JavaScript number. */
export type AmountParts = { sign: "" | "−"; whole: string; fraction: string; baseUnits: string };

/** Null for a missing amount. `baseUnits` is a decimal integer string. */
export function splitAmount(baseUnits: string | null | undefined, decimals: number): AmountParts | null {
  if (baseUnits === null || baseUnits === undefined) return null;
  const value = BigInt(baseUnits);
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return {
    sign: value < 0n ? "−" : "",
    whole: formatInteger(digits.slice(0, cut)),
    fraction: digits.slice(cut),
    baseUnits: value.toString(),
  };
}

/** As text: "18,204.1184203117". `digits` cuts (never rounds) the decimals and says so with a "≈". */
export function formatAmount(
  baseUnits: string | null | undefined,
  decimals: number,
  digits = decimals,
): string {
  const parts = splitAmount(baseUnits, decimals);
  if (!parts) return noReading;
  const kept = parts.fraction.slice(0, digits);
  const exact = /^0*$/.test(parts.fraction.slice(digits));
  return `${exact ? "" : "≈ "}${parts.sign}${parts.whole}${kept === "" ? "" : `${inStyle(".")}${kept}`}`;
}
