import type { DeploymentRecord } from "../schema.ts";

export const cidA = `baear4i${"a".repeat(52)}`;
export const cidB = `baear4i${"b".repeat(52)}`;

export function aRecord(parts: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    name: "default",
    priority: 10,
    targeting: "",
    version: cidA,
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
    ...parts,
  };
}
