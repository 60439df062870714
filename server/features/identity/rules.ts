import type { Actor, Grant, Role } from "../../kernel/roles.ts";

/** Where an action takes effect; null = it is not bound to a network or environment. */
export type Scope = { network: string | null; environment: string | null };

export const anywhere: Scope = { network: null, environment: null };

/**
 * May the actor act as `needed` there? Every role can view; an admin can do everything within the grant's scope.
 * A grant for one network does not cover actions that are bound to no network, except viewing.
 */
export function isAllowed(actor: Actor, needed: Role, scope: Scope): boolean {
  if (actor.kind === "system") return true;
  return actor.grants.some((grant) => givesRole(grant, needed) && coversScope(grant, needed, scope));
}

/** May somebody with these grants look at a network at all? */
export function canView(grants: readonly Grant[], network: string): boolean {
  return grants.some((grant) => coversScope(grant, "viewer", { network, environment: null }));
}

function givesRole(grant: Grant, needed: Role): boolean {
  return grant.role === needed || grant.role === "admin" || needed === "viewer";
}

function coversScope(grant: Grant, needed: Role, scope: Scope): boolean {
  return covers(grant.network, needed, scope.network) && covers(grant.environment, needed, scope.environment);
}

function covers(granted: string | null, needed: Role, asked: string | null): boolean {
  if (granted === null) return true;
  return asked === null ? needed === "viewer" : granted === asked;
}

/**
 * Where a call takes effect, read from its input before that is parsed; `named` says which of the two the input's schema
 * knows. What is there but is no name becomes a place that only unbound grants cover: garbage never widens a right.
 */
export function scopeOf(input: unknown, named: readonly (keyof Scope)[]): Scope {
  const places = new Map(typeof input === "object" && input !== null ? Object.entries(input) : []);
  const place = (key: keyof Scope) => (named.includes(key) ? placeName(places.get(key)) : null);
  return { network: place("network"), environment: place("environment") };
}

function placeName(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : "?";
}
