/** Figures inside sentences that the server writes: the unit always stands beside the number. Browser-safe. */

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 69840 → "69,840". */
export function inThousands(value: number): string {
  return whole.format(value);
}

/** Three significant digits, or all digits of a larger whole: 3.84, 38.4, 384, 1,912. */
export function inDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return inThousands(value);
  return String(Number(value.toFixed(size >= 9.995 ? 1 : 2)));
}

/** 0.0384 → "3.84 %". */
export function inPercent(ratio: number): string {
  return `${inDigits(ratio * 100)} %`;
}

/** 1912.4 → "1,912 ms". */
export function inMs(ms: number): string {
  return `${inDigits(ms)} ms`;
}

/** The two largest units: "1.1 s", "42 s", "5 m 00 s", "26 m 10 s", "2 h 10 m", "19 d". */
export function inDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3_600) return pair(rounded, [60, "m", 1, "s"]);
  if (rounded < 172_800) return pair(rounded, [3_600, "h", 60, "m"]);
  return `${Math.round(rounded / 86_400)} d`;
}

const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;
const decimalUnits = ["b/s", "kb/s", "Mb/s", "Gb/s", "Tb/s"] as const;

/** IEC: 60617123456789 → "55.1 TiB". */
export function inBytes(bytes: number): string {
  return scaled(bytes, 1_024, binaryUnits);
}

/** SI: 1.94e9 → "1.94 Gb/s". */
export function inBitsPerSecond(bps: number): string {
  return scaled(bps, 1_000, decimalUnits);
}

/** "1 node", "3 nodes". */
export function inCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${inThousands(count)} ${count === 1 ? singular : plural}`;
}

function pair(
  seconds: number,
  [large, largeName, small, smallName]: [number, string, number, string],
): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeName} ${String(rest).padStart(2, "0")} ${smallName}`;
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let rest = value;
  let unit = 0;
  while (Math.abs(rest) >= base && unit < units.length - 1) {
    rest /= base;
    unit += 1;
  }
  return `${inDigits(rest)} ${units[unit] ?? ""}`;
}
