import { msBetween } from "../../kernel/clock.ts";
import type { Actor, Grant, Role, TokenActor, TokenScope } from "../../kernel/roles.ts";
import { isAllowed, type Scope } from "../identity/rules.ts";

/** Every secret starts with it, so that scanners of repositories and logs recognise one. */
export const tokenPrefix = "cere_pat_";

export const maxTokenDays = 365;

/** What each scope opens, and which roles may hand it to a machine: any of them, at the token's place. */
export const scopeTable: Readonly<
  Record<TokenScope, { opens: string; about: string; roles: readonly Role[] }>
> = {
  read: { opens: "GET /api/trpc/…, /api/exports/…", about: "what the owner may read", roles: ["viewer"] },
  "agents:write": {
    opens: "POST /api/agents/versions, /api/agents/uploads/…",
    about: "versions of agents",
    roles: ["developer"],
  },
  "alertmanager:write": {
    opens: "POST /api/v1/alertmanager",
    about: "alerts of Prometheus Alertmanager",
    roles: ["operator"],
  },
  "lineage:write": {
    opens: "POST /api/v1/lineage",
    about: "OpenLineage events",
    roles: ["operator", "developer"],
  },
  "cdevents:write": {
    opens: "POST /api/v1/cdevents",
    about: "deliveries as CDEvents",
    roles: ["operator", "developer"],
  },
  "otlp:write": {
    opens: "POST /api/v1/otlp/v1/…",
    about: "OTLP metrics, logs and traces",
    roles: ["operator", "developer"],
  },
  "metrics:read": { opens: "GET /metrics", about: "the console's own metrics", roles: ["operator"] },
};

/** The scopes whose endpoints are open in this version; only these are offered. */
export const servedScopes: readonly TokenScope[] = [
  "read",
  "agents:write",
  "alertmanager:write",
  "lineage:write",
];

/** How exact "last used" is; a call does not write more often. */
export const usedEveryMs = 60_000;

export function isUsedLongAgo(usedAt: Date | null, at: Date): boolean {
  return usedAt === null || msBetween(usedAt, at) >= usedEveryMs;
}

/** What is left of somebody's grants inside one network or environment (null = no bound). */
export function narrowGrants(grants: readonly Grant[], bounds: Scope): Grant[] {
  return grants.flatMap((grant) => {
    const network = narrow(grant.network, bounds.network);
    const environment = narrow(grant.environment, bounds.environment);
    return network === false || environment === false ? [] : [{ role: grant.role, network, environment }];
  });
}

function narrow(granted: string | null, bound: string | null): string | null | false {
  if (granted === null || granted === bound) return bound;
  return bound === null ? granted : false;
}

/** May this token be used for `scope` at that place? Machine endpoints ask it for the place that each record names. */
export function mayUseScope(actor: TokenActor, scope: TokenScope, place: Scope): boolean {
  return actor.scopes.includes(scope) && mayHandOut(actor, scope, place);
}

/** May somebody give a machine this scope there? */
export function mayHandOut(actor: Actor, scope: TokenScope, place: Scope): boolean {
  return scopeTable[scope].roles.some((role) => isAllowed(actor, role, place));
}

/** Does the owner still hold, anywhere, a role that carries the scope? */
export function carriesScope(grants: readonly Grant[], scope: TokenScope): boolean {
  const { roles } = scopeTable[scope];
  return grants.some(({ role }) => role === "admin" || roles.includes("viewer") || roles.includes(role));
}

/** Tokens read; what belongs to an account or changes something needs a person. Null = the token may. */
export function refusalOfCall(call: { type: string; isOwn: boolean }): string | null {
  if (call.isOwn) return "A token has no account of its own. Sign in for this.";
  return call.type === "query" ? null : "A token can only read here. Sign in to change something.";
}

/** A bucket that fills by `perSecond` up to `burst`. */
export type Pace = { perSecond: number; burst: number };
export type Bucket = { left: number; at: Date };

/** The bucket after one more; null when it is empty. */
export function takeOne(bucket: Bucket | undefined, pace: Pace, at: Date): Bucket | null {
  const filled = bucket
    ? bucket.left + (Math.max(0, msBetween(bucket.at, at)) / 1000) * pace.perSecond
    : pace.burst;
  const left = Math.min(pace.burst, filled) - 1;
  return left < 0 ? null : { left, at };
}
