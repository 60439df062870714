import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { LocalNetwork } from "../network/local-network.ts";
import { type LiveActivity, networkRate, writeActivityBetween } from "./live-activity.ts";
import type { PatientSender } from "./patient-sender.ts";
import type { TelemetrySource } from "./telemetry-source.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const forecastHours = 20 * 24;
/** Fast enough to be done in a minute or two, slow enough that what is live is not held up. */
const activityPerSecond = 20_000;
const timesPerBatch = 30;

export type PastPlan = {
  /** When the local network was first started: from then on nodes have been reporting. */
  bornAt: number;
  recordsPerSecond: number;
  /** All requests of so many hours before that, and readings of machines from long before. */
  historyHours: number;
};

/** Times before `bornAt` at which machines were read, the oldest first: few far back, for forecasts; many in its hours. */
export function telemetryTimes({ bornAt, historyHours }: PastPlan): number[] {
  const steps = [
    { fromHoursAgo: forecastHours, untilHoursAgo: historyHours, everyMs: 4 * hourMs },
    { fromHoursAgo: historyHours, untilHoursAgo: 0, everyMs: minuteMs },
  ];
  return steps.flatMap(({ fromHoursAgo, untilHoursAgo, everyMs }) => {
    const from = bornAt - fromHoursAgo * hourMs;
    const count = Math.floor(((fromHoursAgo - untilHoursAgo) * hourMs) / everyMs);
    return Array.from({ length: count }, (_, index) => from + index * everyMs);
  });
}

/**
 * Spans of the time before `bornAt`, the oldest first. Traffic was little and grew to what it is now: what is live waits
 * behind all of this in the topics, so it must not be much.
 */
export function activitySpans(network: LocalNetwork, plan: PastPlan): Minute[] {
  const { bornAt, recordsPerSecond, historyHours } = plan;
  const minutes = historyHours * 60;
  return Array.from({ length: minutes }, (_, index) => {
    const from = bornAt - (minutes - index) * 60_000;
    const grown = 0.12 + 0.88 * (index / minutes) ** 4;
    const count = Math.round(networkRate(network, recordsPerSecond, from) * grown * 60);
    return { count, from, to: from + 60_000 };
  });
}

type Minute = { count: number; from: number; to: number };

export type HistoryMark = { telemetry: number; activity: number };

export function readMark(file: string): HistoryMark {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    const { telemetry, activity } = value as Record<string, unknown>;
    return { telemetry: Number(telemetry) || 0, activity: Number(activity) || 0 };
  } catch {
    return { telemetry: 0, activity: 0 };
  }
}

/** How much of it is written, 0 to 1. Nearly all of the work is activity. */
export function historyPart(mark: HistoryMark, { bornAt, historyHours }: PastPlan): number {
  if (historyHours === 0) return 1;
  const left = (bornAt - mark.activity) / (historyHours * hourMs);
  return Math.min(1, Math.max(0, 1 - left));
}

export function writeMark(file: string, mark: HistoryMark): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(mark)}\n`);
  renameSync(`${file}.new`, file);
}

export type HistoryProgress = { mark: HistoryMark; save(mark: HistoryMark): void };

/** All machines' readings before `bornAt`. Resumes behind the mark. */
export async function writeTelemetryHistory(
  networks: readonly { telemetry: TelemetrySource; sender: PatientSender }[],
  plan: PastPlan & { signal: AbortSignal },
  { mark, save }: HistoryProgress,
): Promise<void> {
  const times = telemetryTimes(plan).filter((time) => time > mark.telemetry);
  for (let at = 0; at < times.length && !plan.signal.aborted; at += timesPerBatch) {
    const part = times.slice(at, at + timesPerBatch);
    for (const { telemetry, sender } of networks)
      await sender.send(telemetry.readAll(part, plan.recordsPerSecond));
    mark.telemetry = part.at(-1) ?? mark.telemetry;
    save(mark);
    await breathe(0);
  }
}

/** All requests of the hours before `bornAt`, at a bounded pace. Resumes behind the mark. */
export async function writeActivityHistory(
  networks: readonly LiveActivity[],
  plan: PastPlan & { signal: AbortSignal },
  { mark, save }: HistoryProgress,
): Promise<void> {
  const spans = networks.map((live) => activitySpans(live.network, plan));
  for (let minute = 0; minute < plan.historyHours * 60 && !plan.signal.aborted; minute++) {
    const startedAt = Date.now();
    let written = 0;
    for (const [index, live] of networks.entries()) {
      const span = spans[index]?.[minute];
      if (!span || span.to <= mark.activity) continue;
      await writeActivityBetween(live, span);
      written += span.count;
    }
    mark.activity = Math.max(mark.activity, spans[0]?.[minute]?.to ?? 0);
    save(mark);
    await breathe(startedAt + (written / activityPerSecond) * 1000 - Date.now());
  }
}

function breathe(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
