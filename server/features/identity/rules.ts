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
