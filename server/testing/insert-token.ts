import { createToken } from "../features/tokens/create-token.ts";
import type { NewToken } from "../features/tokens/schema.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Grant, TokenScope } from "../kernel/roles.ts";
import type { Database } from "../ports/database.ts";
import { aCtx, aPerson } from "./a-ctx.ts";
import { insertPerson, type PersonParts } from "./insert-person.ts";

export type TokenParts = {
  clock: Clock;
  scopes: TokenScope[];
  grants?: PersonParts["grants"];
  bounds?: NewToken["token"]["bounds"];
  days?: number;
};

const everywhere = { network: null, environment: null };

/** A token and its owner, made the way the owner makes it. */
export async function insertToken(db: Database, parts: TokenParts) {
  const { clock, scopes, bounds = everywhere, days = 30 } = parts;
  const grants = parts.grants ?? [{ role: "admin", ...everywhere }];
  const person = await insertPerson(db, { grants, password: null, clock });
  const actor = { ...aPerson(grants satisfies Grant[]), id: person.id };
  const ctx = aCtx({ db, actor, clock });
  const made = await createToken(ctx, { name: "a machine", scopes, bounds, days });
  return { ...made, person, ctx };
}
