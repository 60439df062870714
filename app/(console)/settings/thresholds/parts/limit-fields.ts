import type { NodeLimits } from "../../../../../server/features/nodes/schema.ts";

export type LimitName = keyof NodeLimits;

/** How a limit is written for people: `factor` units make one of what is stored. */
export type LimitField = { name: LimitName; label: string; unit: string; factor: number; about: string };

type LimitGroup = { title: string; fields: readonly LimitField[] };

const percent = { unit: "%", factor: 100 };
const ms = { unit: "ms", factor: 1 };
const seconds = { unit: "s", factor: 0.001 };
const count = { unit: "", factor: 1 };

export const limitGroups: readonly LimitGroup[] = [
  {
    title: "Silence",
    fields: [
      {
        name: "silenceMs",
        label: "Silent at the latest after",
        ...seconds,
        about: "without telemetry or activity",
      },
      {
        name: "missedReports",
        label: "Silent after missed reports",
        ...count,
        about: "of a node whose rhythm is known",
      },
    ],
  },
  {
    title: "Requests",
    fields: [
      {
        name: "failureRatioWarn",
        label: "Failures, warning",
        ...percent,
        about: "of requests in 15 minutes",
      },
      {
        name: "failureRatioCrit",
        label: "Failures, critical",
        ...percent,
        about: "of requests in 15 minutes",
      },
      {
        name: "burstRatio",
        label: "Burst of failures",
        ...percent,
        about: "of requests in 10 seconds, at least three",
      },
      {
        name: "minRequests",
        label: "Fewest requests",
        ...count,
        about: "below which a failure ratio says nothing",
      },
      { name: "p99MsWarn", label: "Latency p99, warning", ...ms, about: "over the running minute" },
      { name: "p99MsCrit", label: "Latency p99, critical", ...ms, about: "over the running minute" },
    ],
  },
  {
    title: "Machine",
    fields: [
      { name: "cpuWarn", label: "CPU", ...percent, about: "of all cores" },
      { name: "memoryWarn", label: "Memory", ...percent, about: "in use" },
      { name: "diskReadMsWarn", label: "Disk read", ...ms, about: "a read takes on average" },
      { name: "clockSkewMsWarn", label: "Clock", ...ms, about: "off ours, either way" },
    ],
  },
  {
    title: "Storage",
    fields: [
      { name: "diskWarn", label: "Disk, warning", ...percent, about: "full" },
      { name: "diskCrit", label: "Disk, critical", ...percent, about: "full" },
      { name: "diskGrowthWarn", label: "Disk growth", ...percent, about: "of the disk in an hour" },
      {
        name: "diskFullDaysWarn",
        label: "Full in",
        unit: "days",
        factor: 1,
        about: "or less, by the forecast",
      },
    ],
  },
  {
    title: "Risk",
    fields: [
      { name: "riskWarn", label: "Risk score", ...count, about: "of 100, from which it is a warning" },
    ],
  },
];

export const limitFields: readonly LimitField[] = limitGroups.flatMap(({ fields }) => fields);

/** 0.03 → "3", without the noise of binary fractions. */
export function toShownLimit(value: number, { factor }: LimitField): string {
  return String(Number((value * factor).toPrecision(6)));
}

/** What was typed, as it is stored; null = no number. */
export function parseLimit(text: string, { factor }: LimitField): number | null {
  const typed = text.trim().replaceAll(",", "");
  return /^\d+(\.\d+)?$/.test(typed) ? Number((Number(typed) / factor).toPrecision(12)) : null;
}

export type LimitDraft = Partial<Record<LimitName, string>>;

/** Only what differs from what is set; null where a limit goes back to its default. Fields that hold no number are `wrong`. */
export function draftChanges(
  draft: LimitDraft,
  limits: NodeLimits,
  defaults: NodeLimits,
): { changes: Partial<Record<LimitName, number | null>>; wrong: LimitName[] } {
  const changes: Partial<Record<LimitName, number | null>> = {};
  const wrong: LimitName[] = [];
  for (const field of limitFields) {
    const text = draft[field.name];
    if (text === undefined) continue;
    const value = text.trim() === "" ? defaults[field.name] : parseLimit(text, field);
    if (value === null) wrong.push(field.name);
    else if (value !== limits[field.name])
      changes[field.name] = value === defaults[field.name] ? null : value;
  }
  return { changes, wrong };
}
