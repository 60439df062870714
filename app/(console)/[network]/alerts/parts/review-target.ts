import type { Alert, AlertGroup } from "../../../../../server/features/alerts/schema.ts";
import type { SilenceTarget } from "./silence-dialog.tsx";

/** What a button or a key acts on. */
export type ReviewTarget = {
  /** The alerts themselves: those of a group are asked for when something is done with them. */
  load: () => Promise<readonly Alert[]>;
  /** What a silence of it would name; a text says why none can, null leaves it out. */
  silence: SilenceTarget | string | null;
};

export function targetOfAlerts(alerts: readonly Alert[]): ReviewTarget {
  const [only] = alerts;
  return { load: async () => alerts, silence: alerts.length === 1 && only ? silenceOf(only) : null };
}

export function silenceOf({ title, rule, subject }: Alert): SilenceTarget {
  return { title, rule, subject };
}

/** Of one group that is a rule's or a subject's: all of it, also what opens later. */
export function silenceOfGroups(groups: readonly AlertGroup[]): SilenceTarget | string {
  const [only] = groups;
  if (groups.length !== 1 || !only) return "One silence names one rule or subject: choose one group";
  const { name, rule, subject } = only;
  if (rule !== null) return { title: name, rule };
  return subject === null
    ? "A silence names a rule or a subject: group by one of them"
    : { title: name, subject };
}
