import type {
  AlertGroup,
  AlertSubject,
  GroupBy,
  ListAlertsInput,
  Severity,
} from "../../../../../server/features/alerts/schema.ts";

export type GroupFilter = Partial<Pick<ListAlertsInput, "rule" | "severity">> & {
  subject?: Pick<AlertSubject, "kind" | "id">;
};

const kinds = ["node", "topic", "indexer", "service"] as const satisfies readonly AlertSubject["kind"][];
const severities = ["critical", "warning", "info"] as const satisfies readonly Severity[];

/** What the list is asked for to get the alerts of one group; null = an address names no group there can be. */
export function groupFilterOf(by: GroupBy, key: string): GroupFilter | null {
  switch (by) {
    case "rule":
      return key === "" ? null : { rule: key };
    case "severity": {
      const severity = severities.find((known) => known === key);
      return severity ? { severity: [severity] } : null;
    }
    case "subject": {
      const colon = key.indexOf(":");
      const kind = kinds.find((known) => known === key.slice(0, colon));
      const id = key.slice(colon + 1);
      return kind && id !== "" ? { subject: { kind, id } } : null;
    }
  }
}

/** What a person calls a group. */
export function groupName(by: GroupBy, { name, key }: Pick<AlertGroup, "name" | "key">): string {
  return by === "severity" ? key.charAt(0).toUpperCase() + key.slice(1) : name || key;
}
