import { expect, it } from "vitest";
import { type BellFacts, judgeBell } from "./rules.ts";

const at = new Date("2026-11-23T12:00:00.000Z");
const later = new Date("2026-11-23T14:30:00.000Z");
const earlier = new Date("2026-11-23T11:00:00.000Z");
const fired: BellFacts = {
  rang: null,
  mayAct: true,
  network: "devnet",
  severity: "critical",
  state: "firing",
  hasFired: true,
  quietUntil: null,
  silenceReason: null,
  maintenanceUntil: null,
  inhibitedBy: null,
  wasInhibited: false,
  takenBy: null,
};

const source = { id: "7", title: "Node silent" };

it.each<[string, Partial<BellFacts>, string]>([
  ["rang and was read", { rang: { at, readAt: later } }, "you read it"],
  ["rang before it was silenced", { rang: { at, readAt: null }, quietUntil: later }, "it rang"],
  ["is no critical one", { severity: "warning", quietUntil: later }, "this one is a warning"],
  ["is of a network where one may not act", { mayAct: false }, "operators and admins of devnet"],
  ["is pending", { state: "pending", hasFired: false }, "has not fired yet"],
  ["ended while it was pending", { state: "resolved", hasFired: false }, "ended before it fired"],
  ["is snoozed", { quietUntil: later }, "it is snoozed until 2026-11-23 14:30 UTC"],
  ["is silenced", { quietUntil: later, silenceReason: "new disks" }, "a silence hides it (new disks) until"],
  ["is held", { maintenanceUntil: later, quietUntil: later }, "maintenance holds it until"],
  ["is explained", { inhibitedBy: source, wasInhibited: true }, "alert 7 (Node silent) explains it until"],
  [
    "is explained and silenced for longer",
    { inhibitedBy: source, wasInhibited: true, quietUntil: later },
    "it is snoozed until",
  ],
  [
    "resolved while it was explained",
    { state: "resolved", inhibitedBy: source, wasInhibited: true },
    "resolved before anybody heard",
  ],
  ["was taken while it was explained", { wasInhibited: true, takenBy: "Mara" }, "Mara had taken it"],
  ["was hidden, and is not any more", { quietUntil: earlier }, "rings with the next round"],
  ["was taken while it was hidden", { quietUntil: earlier, takenBy: "Mara" }, "Mara had taken it"],
  ["resolved while it was hidden", { state: "resolved", quietUntil: later }, "resolved before anybody heard"],
  ["is older than the role of whoever asks", {}, "fired before you could be told"],
])("says of an alert that %s why the bell rang or did not", (_what, facts, words) => {
  const verdict = judgeBell({ ...fired, ...facts }, at);
  expect(verdict.why).toContain(words);
  expect(verdict.hasRung).toBe(facts.rang !== undefined);
});
