import { numberStyle } from "../number-style.ts";
import type { NumberStyle } from "../request-looks.ts";

/** A missing reading is a dot, never 0. */
export const noReading = "·";

/** A figure and its unit apart, so that the unit can stand smaller beside it or once in a column head. */
export type Quantity = { value: string; unit: string };

const grouped = new Map<number, Intl.NumberFormat>();

/** At most `digits` decimals, thousands separated: 1912 → "1,912". */
export function formatNumber(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noReading;
  return inStyle(formatterOf(digits).format(value));
}

/** Counts beyond 2^53 arrive as strings and stay exact. */
export function formatInteger(value: string | bigint | null | undefined): string {
  if (value === null || value === undefined) return noReading;
  return inStyle(formatterOf(0).format(typeof value === "bigint" ? value : BigInt(value)));
}

/** As many digits as are true of a measurement: 187.4 → "187", 11.24 → "11.2", 0.2 → "0.20", 0.001 → "<0.01". */
export function formatReading(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noReading;
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 99.95) return formatNumber(value);
  if (size >= 9.995) return inStyle(value.toFixed(1));
  return inStyle(size < 0.005 ? "<0.01" : value.toFixed(2));
}

const siUnits = [
  { from: 1e12, unit: "T" },
  { from: 1e9, unit: "G" },
  { from: 1e6, unit: "M" },
  { from: 1e3, unit: "k" },
];

/** SI steps of 1000: 14,213 → 14.2 and "k". Estimates and axes only; exact counts are written out. */
export function splitSi(value: number | null | undefined): Quantity {
  if (value === null || value === undefined || !Number.isFinite(value)) return { value: noReading, unit: "" };
  const step = siUnits.find(({ from }) => Math.abs(value) >= from);
  if (!step) return { value: threeDigits(value), unit: "" };
  return { value: threeDigits(value / step.from), unit: step.unit };
}

export function formatSi(value: number | null | undefined): string {
  return joinQuantity(splitSi(value));
}

/** "14.2 k"; without a unit the value alone. */
export function joinQuantity({ value, unit }: Quantity): string {
  return unit === "" || value === noReading ? value : `${value} ${unit}`;
}

/** 2.50 and 14.0 say no more than 2.5 and 14 where a unit was stepped. */
function threeDigits(value: number): string {
  return formatNumber(Number(value.toPrecision(3)), 2);
}

/** A figure as 1,234.5 in the way of writing that the person chose. */
export function inStyle(figure: string, style: NumberStyle = numberStyle()): string {
  if (style === "comma") return figure;
  if (style === "space") return figure.replaceAll(",", thinSpace);
  return figure.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
}

/** It neither breaks over lines nor is mistaken for the space between two figures. */
const thinSpace = "\u202f";

function formatterOf(digits: number): Intl.NumberFormat {
  const known = grouped.get(digits);
  if (known) return known;
  const made = new Intl.NumberFormat("en-US", { maximumFractionDigits: digits });
  grouped.set(digits, made);
  return made;
}
