import { expect, it } from "vitest";
import { isHeartbeat, lostHeartbeatReason } from "./heartbeat-rules.ts";

const at = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);

it("knows the alert that always fires by its name alone", () => {
  expect(isHeartbeat({ alertname: "Watchdog", severity: "critical" })).toBe(true);
  expect(isHeartbeat({ alertname: "WatchdogLate" })).toBe(false);
  expect(isHeartbeat({})).toBe(false);
});

it.each([
  ["never came", null, null],
  ["came just now", ago(0), null],
  ["is within three minutes", ago(180), null],
  ["is late", ago(181), "3 m 01 s ago"],
  ["is away for a day", ago(86_400), "24 h 00 m ago"],
  ["was taken away a week ago", ago(7 * 86_400 + 1), null],
])("a heartbeat that %s", (_, lastAt, words) => {
  const reason = lostHeartbeatReason(lastAt, at);
  if (words === null) expect(reason).toBeNull();
  else expect(reason).toContain(words);
});
