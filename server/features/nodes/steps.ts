import { partialFrom, rangeEnd, stepStarts, type TimeRange } from "../../kernel/time-range.ts";
import type { Gap, Line, Steps } from "./history-schema.ts";
import { rounded } from "./rounded.ts";

/** Two signs of life this close belong together: between them a node was quiet, beyond it was not heard. */
const quietMs = 60_000;
/** How many steps back a legend's current value may lie. */
const currentSteps = 3;

export function toSteps(range: TimeRange, at: Date): Steps {
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    grain: range.grain,
    stepMs: range.stepMs,
    start: range.start.toISOString(),
    points: range.points,
    partialFrom: partialFrom(range, at)?.toISOString() ?? null,
  };
}

/** Seconds of each step that have passed: a rate in the running step is not a drop. At least one. */
export function secondsOf(range: TimeRange, at: Date): number[] {
  return stepStarts(range).map((start) => {
    const passedMs = Math.min(range.stepMs, at.getTime() - start.getTime());
    return Math.max(1, passedMs / 1_000);
  });
}

/** Marks the steps between two signs of life that are close: there the node was heard, and nothing happened. */
export function bridgeQuiet(heard: readonly boolean[], stepMs: number): boolean[] {
  const bridged = [...heard];
  let last = -1;
  for (const [index, isHeard] of heard.entries()) {
    if (!isHeard) continue;
    if (last >= 0 && (index - last) * stepMs <= quietMs) bridged.fill(true, last, index);
    last = index;
  }
  return bridged;
}

/** Stretches of steps without a sign, inside the range and long enough not to be a delay. */
export function gapsOf(
  heard: readonly boolean[],
  range: TimeRange,
  { source, at }: { source: Gap["source"]; at: Date },
): Gap[] {
  const end = Math.min(rangeEnd(range).getTime(), at.getTime());
  const momentOf = (index: number) => Math.min(end, range.start.getTime() + index * range.stepMs);
  const gaps: Gap[] = [];
  let open: number | null = null;
  for (let index = 0; index <= heard.length; index++) {
    const isGap = index < heard.length && heard[index] === false;
    if (isGap) open ??= index;
    if (isGap || open === null) continue;
    const [from, to] = [momentOf(open), momentOf(index)];
    if (to - from >= quietMs) gaps.push({ source, from: iso(from), to: iso(to) });
    open = null;
  }
  return gaps;
}

export function lineOf(
  { name, unit }: Pick<Line, "name" | "unit">,
  values: readonly (number | null)[],
  { range, at }: { range: TimeRange; at: Date },
): Line {
  const partial = partialFrom(range, at);
  const complete =
    partial === null ? values.length : Math.round((partial.getTime() - range.start.getTime()) / range.stepMs);
  const recent = values.slice(Math.max(0, complete - currentSteps), complete);
  const current = recent.findLast((value) => value !== null) ?? null;
  return { name, unit, values: values.map(rounded), current: rounded(current) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
