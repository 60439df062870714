import { invalid } from "../../kernel/errors.ts";
import type { Actor } from "../../kernel/roles.ts";

/** The person who acts on their own account; a machine has none. */
export function requirePerson(actor: Actor): Extract<Actor, { kind: "person" }> {
  if (actor.kind !== "person") throw invalid("Only a person has an account.");
  return actor;
}
