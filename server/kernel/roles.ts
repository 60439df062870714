import { invalid } from "./errors.ts";

export const roles = ["viewer", "operator", "developer", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** A role somebody holds, on one network or all (null), in one environment or all (null). */
export type Grant = { role: Role; network: string | null; environment: string | null };

/** What an API token may be used for: reading, or one machine endpoint each. */
export const tokenScopes = [
  "read",
  "agents:write",
  "alertmanager:write",
  "lineage:write",
  "cdevents:write",
  "otlp:write",
  "metrics:read",
] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** A machine with a token: no more than its owner's rights today, narrowed to the token's place. */
export type TokenActor = {
  kind: "token";
  id: string;
  name: string;
  owner: { id: string; name: string };
  scopes: readonly TokenScope[];
  grants: readonly Grant[];
};

export type Actor =
  | TokenActor
  | { kind: "person"; id: string; name: string; email: string; sessionId: string; grants: readonly Grant[] }
  | { kind: "system"; id: string; name: string };

export type PersonActor = Extract<Actor, { kind: "person" }>;

/** Whoever keeps something of their own is a person; the system has no account to keep it with. */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== "person") throw invalid("Only a person has an account.");
  return actor;
}
