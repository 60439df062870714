import { formatClock, formatDay, formatMinute, type Zone } from "../_ui/format/time.ts";

const mantissas = [1, 2, 2.5, 5, 10];

/** Three to six round ticks from 0 to at or above `max`. */
export function valueTicks(max: number): number[] {
  return rangeTicks(0, max > 0 ? max : 1);
}

/** The same from at or below `min`, for lines whose distance from 0 says little. */
export function rangeTicks(min: number, max: number, wanted = 4): number[] {
  const rough = (max > min ? max - min : Math.max(1, Math.abs(max))) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (mantissas.find((mantissa) => mantissa * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor((min + step * 0.001) / step);
  const last = Math.max(first + 1, Math.ceil((max - step * 0.001) / step));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const strides = [
  ...[1, 5, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 60, 90, 180, 365].map((n) => n * day),
];

export type TimeTick = { at: number; text: string };

/** A text's half, as a part of the room that a tick has at least. */
const halfText = 0.25;

/**
 * Ticks on round times of the reader's clock, at most `most`. None so near the end that its text would stand outside; at
 * the start the other axis leaves room.
 */
export function timeTicks(span: { from: number; to: number }, most: number, zone: Zone): TimeTick[] {
  const { from, to } = span;
  const stride = strides.find((candidate) => (to - from) / candidate <= most) ?? 365 * day;
  const shift = zone === "utc" ? 0 : new Date(from).getTimezoneOffset() * minute;
  const first = Math.ceil((from - shift) / stride) * stride + shift;
  const last = to - ((to - from) / most) * halfText;
  const ticks: TimeTick[] = [];
  for (let at = first; at <= last; at += stride) ticks.push({ at, text: tickText(at, stride, zone) });
  return ticks;
}

function tickText(at: number, stride: number, zone: Zone): string {
  const when = new Date(at);
  if (stride >= day) return formatDay(when, zone);
  if (stride < minute) return formatClock(when, zone);
  const text = formatMinute(when, zone);
  return text === "00:00" ? formatDay(when, zone) : text;
}

/** Where things stand inside a chart. */
export type Plot = { left: number; top: number; width: number; height: number };

export const margins = { top: 18, right: 6, bottom: 20 };

export function plotOf(size: { width: number; height: number }, axisWidth: number): Plot {
  return {
    left: axisWidth,
    top: margins.top,
    width: Math.max(1, size.width - axisWidth - margins.right),
    height: Math.max(1, size.height - margins.top - margins.bottom),
  };
}

/** Room for the widest number of the y axis. */
export function axisWidthFor(texts: readonly string[]): number {
  const longest = Math.max(1, ...texts.map((text) => text.length));
  return Math.min(56, Math.max(30, Math.round(longest * 6.3) + 8));
}
