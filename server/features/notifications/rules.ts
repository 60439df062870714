import type { Grant } from "../../kernel/roles.ts";
import type { Inhibitor } from "../alerts/schema.ts";
import type { BellVerdict } from "./schema.ts";

/** What decides whether an alert rang somebody's bell. */
export type BellFacts = {
  /** The notification that they have of it; null = none. */
  rang: { at: Date; readAt: Date | null } | null;
  mayAct: boolean;
  network: string;
  severity: "critical" | "warning" | "info";
  state: "pending" | "firing" | "resolved";
  /** A pending alert may end without ever firing. */
  hasFired: boolean;
  quietUntil: Date | null;
  /** Why the silence that hides it was made; null = it is snoozed, or not hidden. */
  silenceReason: string | null;
  maintenanceUntil: Date | null;
  /** The alert that explains it now, or did when it resolved. */
  inhibitedBy: Inhibitor | null;
  /** Another alert explained it at some time. */
  wasInhibited: boolean;
  /** Whoever acknowledged it. */
  takenBy: string | null;
};

/** Why an alert rang the bell of whoever asks, or did not: the first reason that holds. */
export function judgeBell(facts: BellFacts, at: Date): BellVerdict {
  const { rang, state } = facts;
  const inhibitedBy = state === "resolved" ? null : facts.inhibitedBy;
  if (rang)
    return {
      inhibitedBy,
      hasRung: true,
      at: rang.at.toISOString(),
      why: rang.readAt ? "it rang, and you read it" : "it rang",
    };
  return { inhibitedBy, hasRung: false, at: null, why: whyNot(facts, at) };
}

/** Whether critical alerts of a network ring for somebody with these grants; `tell_of_alert` (SQL) decides by the same. */
export function ringsFor(grants: readonly Grant[], network: string): boolean {
  return grants.some(
    ({ role, network: granted }) =>
      (role === "operator" || role === "admin") && (granted === null || granted === network),
  );
}

function whyNot(facts: BellFacts, at: Date): string {
  const { severity, network, state, hasFired } = facts;
  if (severity !== "critical") return `it rings for critical alerts only; this one is ${words[severity]}`;
  if (!facts.mayAct) return `it rings for operators and admins of ${network}, and you are neither`;
  if (!hasFired) return state === "pending" ? "it has not fired yet" : "it ended before it fired";
  return (
    hiddenNow(facts, at) ??
    endedHidden(facts) ??
    "it fired before you could be told, or so long ago that it is not kept"
  );
}

const words = { critical: "critical", warning: "a warning", info: "for information" } as const;

function hiddenNow(
  { quietUntil, silenceReason, maintenanceUntil, inhibitedBy, state }: BellFacts,
  at: Date,
): string | null {
  if (state === "resolved") return null;
  const rings = "it rings then, if it still fires and nobody has taken it";
  if (maintenanceUntil && maintenanceUntil > at)
    return `maintenance holds it until ${clockOf(maintenanceUntil)}; ${rings}`;
  if (quietUntil === null || quietUntil <= at)
    return (
      inhibitedBy &&
      `alert ${inhibitedBy.id} (${inhibitedBy.title}) explains it until that one ends; ${rings}`
    );
  const hidden = silenceReason === null ? "it is snoozed" : `a silence hides it (${silenceReason})`;
  return `${hidden} until ${clockOf(quietUntil)}; ${rings}`;
}

function endedHidden(facts: BellFacts): string | null {
  const { quietUntil, maintenanceUntil, wasInhibited, state, takenBy } = facts;
  if (quietUntil === null && maintenanceUntil === null && !wasInhibited) return null;
  if (state === "resolved") return "it was hidden when it fired, and resolved before anybody heard of it";
  return takenBy === null
    ? "it was hidden when it fired; it rings with the next round of the evaluator"
    : `it was hidden when it fired, and ${takenBy} had taken it when that ended`;
}

function clockOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
