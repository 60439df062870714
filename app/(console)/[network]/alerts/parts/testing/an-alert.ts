import type { Alert } from "../../../../../../server/features/alerts/schema.ts";

const at = "2026-11-23T12:00:00.000Z";

/** Firing, and nobody has it. */
export function anAlert(parts: Partial<Alert>): Alert {
  return {
    id: "1",
    rule: "node-silent",
    subject: { kind: "node", id: "0xab", name: "fsn1-s07" },
    severity: "warning",
    state: "firing",
    title: "Node silent",
    detail: "40 s, limit above 15 s",
    seen: 3,
    pendingAt: at,
    firingAt: at,
    fineSince: null,
    evaluatedAt: at,
    resolvedAt: null,
    acknowledgedAt: null,
    owner: null,
    ownerId: null,
    quietUntil: null,
    silence: null,
    maintenance: null,
    maintenanceUntil: null,
    inhibitedBy: null,
    source: "rule",
    link: null,
    labels: {},
    ...parts,
  };
}
