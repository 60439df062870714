import { createHash } from "node:crypto";
import { base32nopad } from "@scure/base";

export const agentCount = 50_000;
export const versionCount = 500_000;
/** A few agents get a version with every merge; they stand first. */
const busyAgents = 20;
const versionsOfBusy = 2_000;

export type PlannedAgent = {
  id: string;
  alias: string;
  agentService: string;
  description: string;
  versions: number;
};

const services = 400;
const subjects =
  "transcript invoice fraud vault meeting ticket route image voice contract ledger claim parcel sensor".split(
    " ",
  );
const doers =
  "summarizer scorer router tagger watcher matcher planner sorter checker reader keeper writer".split(" ");
const promises =
  "sums up what was said|scores every payment before it settles|finds who has to answer|reads totals and dates|tells what changed since yesterday|keeps the newest state of a parcel|marks what nobody should see|compares both sides of a contract".split(
    "|",
  );

/** The same agent every time. */
export function plannedAgent(index: number): PlannedAgent {
  const agentService = createHash("sha256")
    .update(`service ${index % services}`)
    .digest("hex");
  const subject = pick(subjects, index);
  const alias = `${subject}-${pick(doers, index * 7)}-${index.toString(36).padStart(4, "0")}`;
  const description = `${subject[0]?.toUpperCase()}${subject.slice(1)}: ${pick(promises, index * 3)} (${index % 97} teams)`;
  return { id: `${agentService}:${alias}`, alias, agentService, description, versions: versionsOf(index) };
}

/** Half a million in all. */
function versionsOf(index: number): number {
  if (index < busyAgents) return versionsOfBusy;
  const left = versionCount - busyAgents * versionsOfBusy;
  const others = agentCount - busyAgents;
  const each = Math.floor(left / others);
  return index - busyAgents < left - each * others ? each + 1 : each;
}

export type PlannedVersion = { cid: string; semver: string; state: string; uploadedAt: Date };

const minuteMs = 60_000;
const yearMinutes = 365 * 24 * 60;

/** Number 0 is the oldest; the newest one runs. */
export function plannedVersion(agent: number, number: number): PlannedVersion {
  const of = versionsOf(agent);
  const digest = createHash("sha256").update(`version ${agent} ${number}`).digest();
  const isNewest = number === of - 1;
  const state = isNewest
    ? "deployed"
    : number % 5 === 4
      ? "archived"
      : number % 5 === 3
        ? "deprecated"
        : "validated";
  const age = ((of - number) / of) * yearMinutes * minuteMs + (agent % 1_000) * minuteMs;
  return {
    cid: `baear4i${base32nopad.encode(digest).toLowerCase()}`,
    semver: `${1 + Math.floor(number / 100)}.${number % 100}.${agent % 10}`,
    state,
    uploadedAt: new Date(Date.now() - age),
  };
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? "";
}
