/** States of a version; our own, for the registry of Cere keeps none: "deployed" means that a deployment SET names it. */
export const versionStates = ["draft", "validated", "deployed", "deprecated", "archived"] as const;
export type VersionState = (typeof versionStates)[number];

/** Only the deployments area knows what a SET names: it alone moves a version into and out of `deployed`. */
export type TransitionBy = "person" | "deployments";

export type Transition = {
  from: VersionState;
  to: VersionState;
  by: TransitionBy;
  /** Records of deployment SETs in force that name the version, over all environments. */
  records: number;
  reason: string;
  /** When a deprecated version stops being offered; null = no date. */
  sunsetAt: Date | null;
};

export type TransitionVerdict = { kind: "allowed" } | { kind: "refused"; why: string };

const ways: Readonly<Record<TransitionBy, Readonly<Record<VersionState, readonly VersionState[]>>>> = {
  person: {
    draft: ["validated", "archived"],
    validated: ["deprecated", "archived"],
    deployed: ["deprecated"],
    deprecated: ["validated", "archived"],
    archived: ["validated"],
  },
  deployments: {
    draft: [],
    validated: ["deployed"],
    deployed: ["validated"],
    deprecated: [],
    archived: [],
  },
};

/**
 * May a version go from one state to another now? A deprecated version that a SET names stays deprecated and goes on
 * running; it can be archived when nothing names it any more. Nothing is ever deleted.
 */
export function judgeTransition(transition: Transition, at: Date): TransitionVerdict {
  const why = refusalOf(transition, at);
  return why === null ? { kind: "allowed" } : { kind: "refused", why };
}

/** Where a person may send a version from here. */
export function nextStates(from: VersionState): readonly VersionState[] {
  return ways.person[from];
}

/** May a SET name it? Drafts and archived ones never run; a deprecated one goes on where it runs and is not given to more. */
export function isDeployable(state: VersionState): boolean {
  return state === "validated" || state === "deployed";
}

function refusalOf({ from, to, by, records, reason, sunsetAt }: Transition, at: Date): string | null {
  if (!ways[by][from].includes(to)) return `A version that is ${from} cannot become ${to}${byWhom(by)}.`;
  if (by === "person" && reason.trim() === "" && to !== "validated") return "Say why.";
  if (from === "archived" && reason.trim() === "") return "Say why.";
  if (to === "archived" && records > 0)
    return `${inRecords(records)} of a deployment SET still ${records === 1 ? "names" : "name"} it. Take it out there first.`;
  if (to === "deprecated" && sunsetAt !== null && sunsetAt <= at)
    return "The sunset date is over. Name one that is to come.";
  if (to !== "deprecated" && sunsetAt !== null) return "Only a deprecated version has a sunset date.";
  return null;
}

function byWhom(by: TransitionBy): string {
  return by === "deployments" ? " by a deployment" : "";
}

function inRecords(count: number): string {
  return count === 1 ? "1 record" : `${count} records`;
}
