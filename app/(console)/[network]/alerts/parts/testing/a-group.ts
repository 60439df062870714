import type { AlertGroup } from "../../../../../../server/features/alerts/schema.ts";

export function aGroup(parts: Partial<AlertGroup>): AlertGroup {
  return {
    key: parts.rule ?? "warning",
    rule: null,
    subject: null,
    severity: "warning",
    name: "",
    alerts: 3,
    bySeverity: { critical: 0, warning: 3, info: 0 },
    owned: 0,
    newestAt: "2026-11-23T12:00:00.000Z",
    ...parts,
  };
}
