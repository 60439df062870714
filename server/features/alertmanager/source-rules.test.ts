import { expect, it } from "vitest";
import { judgeAlertSource, type SourceFacts } from "./source-rules.ts";

const at = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
const well: SourceFacts = { askedAt: ago(10), readAt: ago(10), fault: null, heartbeatAt: ago(30) };

it.each<[string, Partial<SourceFacts>, string, RegExp | null]>([
  ["is read and heard", {}, "ok", null],
  ["was never heard: no Watchdog is deployed", { heartbeatAt: null }, "ok", null],
  ["comes by its webhook alone", { askedAt: null, readAt: null }, "ok", null],
  [
    "does not answer",
    { readAt: ago(600), fault: "am:9093 did not answer in 5 s." },
    "down",
    /did not answer/,
  ],
  ["is asked no more", { askedAt: ago(61) }, "down", /no longer asks it/],
  ["answers, but Prometheus behind it is silent", { heartbeatAt: ago(600) }, "degraded", /Watchdog/],
])("an Alertmanager that %s", (_, facts, state, reason) => {
  const judged = judgeAlertSource({ ...well, ...facts }, at);
  expect(judged.state).toBe(state);
  if (reason === null) expect(judged.reason).toBeNull();
  else expect(judged.reason).toMatch(reason);
});
