import { formatNumber, formatReading, joinQuantity, noReading, type Quantity, splitSi } from "./number.ts";

const iec = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;
export type ByteUnit = (typeof iec)[number];

/** Sizes are IEC, steps of 1024. Byte counts come as numbers, or as strings where they may pass 2^53. */
export function splitBytes(bytes: number | string | null | undefined): Quantity {
  const value = toNumber(bytes);
  if (value === null) return { value: noReading, unit: "" };
  const power = value < 1024 ? 0 : Math.min(iec.length - 1, Math.floor(Math.log2(Math.abs(value)) / 10));
  return { value: inUnit(value, power), unit: iec[power] ?? "B" };
}

export function formatBytes(bytes: number | string | null | undefined): string {
  return joinQuantity(splitBytes(bytes));
}

/** In one unit for a whole column or axis: the unit stands in the head. */
export function formatBytesIn(bytes: number | string | null | undefined, unit: ByteUnit): string {
  const value = toNumber(bytes);
  return value === null ? noReading : inUnit(value, iec.indexOf(unit));
}

/** Link speeds are SI bits: 242,500,000 bytes/s → 1.94 Gb/s. */
export function splitBits(bytesPerSecond: number | null | undefined): Quantity {
  if (bytesPerSecond === null || bytesPerSecond === undefined) return { value: noReading, unit: "" };
  const { value, unit } = splitSi(bytesPerSecond * 8);
  return { value, unit: `${unit}b/s` };
}

export function formatBits(bytesPerSecond: number | null | undefined): string {
  return joinQuantity(splitBits(bytesPerSecond));
}

export function formatGigabits(bytesPerSecond: number | null | undefined): string {
  if (bytesPerSecond === null || bytesPerSecond === undefined) return noReading;
  return formatNumber((bytesPerSecond * 8) / 1e9, 2);
}

function inUnit(bytes: number, power: number): string {
  const value = bytes / 1024 ** power;
  if (power === 0) return formatNumber(value);
  return value >= 100 ? formatNumber(value, 1) : formatReading(value);
}

function toNumber(bytes: number | string | null | undefined): number | null {
  if (bytes === null || bytes === undefined) return null;
  const value = Number(bytes);
  return Number.isFinite(value) ? value : null;
}
