import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { localNetwork } from "../network/local-network.ts";
import { activitySpans, historyPart, readMark, telemetryTimes, writeMark } from "./history.ts";
import { networkRate } from "./live-activity.ts";

const bornAt = Date.UTC(2026, 10, 23, 12);
const plan = { bornAt, recordsPerSecond: 200, historyHours: 3 };

it("reads machines from twenty days ago on, oldest first, denser in the last hours", () => {
  const times = telemetryTimes(plan);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBe(bornAt - 20 * 86_400_000);
  expect(times.every((time) => time < bornAt)).toBe(true);
  expect(times.filter((time) => time >= bornAt - 3 * 3_600_000)).toHaveLength(180);
});

it("covers the three hours before without a gap, and grows to the live rate", () => {
  const spans = activitySpans(localNetwork("mainnet"), plan);
  expect(spans[0]?.from).toBe(bornAt - 3 * 3_600_000);
  expect(spans.at(-1)?.to).toBe(bornAt);
  for (const [index, span] of spans.entries()) if (index > 0) expect(span.from).toBe(spans[index - 1]?.to);
  const records = spans.reduce((sum, span) => sum + span.count, 0);
  expect(records).toBeGreaterThan(200_000);
  expect(records).toBeLessThan(800_000);
  const live = networkRate(localNetwork("mainnet"), 200, bornAt) * 60;
  expect((spans.at(-1)?.count ?? 0) / live).toBeCloseTo(1, 1);
});

it("remembers how far it came", () => {
  const directory = mkdtempSync(join(tmpdir(), "history-"));
  const file = join(directory, "history.json");
  expect(readMark(file)).toEqual({ telemetry: 0, activity: 0 });
  writeMark(file, { telemetry: 1, activity: bornAt });
  expect(readMark(file)).toEqual({ telemetry: 1, activity: bornAt });
  expect(historyPart(readMark(file), plan)).toBe(1);
  expect(historyPart({ telemetry: 0, activity: 0 }, plan)).toBe(0);
  rmSync(directory, { recursive: true });
});

it("has little to write where few hours are asked for, and nothing is missing where none is", () => {
  const one = { ...plan, historyHours: 1 };
  expect(activitySpans(localNetwork("mainnet"), one)).toHaveLength(60);
  expect(telemetryTimes(one).filter((time) => time >= bornAt - 3_600_000)).toHaveLength(60);
  const none = { ...plan, historyHours: 0 };
  expect(activitySpans(localNetwork("mainnet"), none)).toEqual([]);
  expect(telemetryTimes(none)).toHaveLength(120);
  expect(historyPart({ telemetry: 0, activity: 0 }, none)).toBe(1);
});
