export const roles = ["viewer", "operator", "developer", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** A role somebody holds, on one network or all (null), in one environment or all (null). */
export type Grant = { role: Role; network: string | null; environment: string | null };

export type Actor =
  | { kind: "person"; id: string; name: string; email: string; sessionId: string; grants: readonly Grant[] }
  | { kind: "system"; id: string; name: string };
