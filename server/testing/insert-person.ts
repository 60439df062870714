import { randomUUID } from "node:crypto";
import { createPerson } from "../features/identity/create-person.ts";
import type { Person } from "../features/identity/schema.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../ports/database.ts";
import { aCtx } from "./a-ctx.ts";

export const testPassword = "a test password";

export type PersonParts = {
  grants?: Person["grants"];
  /** Null = invited: without a way to sign in. */
  password?: string | null;
  clock?: Clock;
};

/** Somebody with an account, made the way an admin makes it. */
export async function insertPerson(db: Database, parts: PersonParts = {}): Promise<Person> {
  const { grants = [{ role: "viewer", network: null, environment: null }], password = testPassword } = parts;
  const ctx = aCtx({ db, role: "admin", ...(parts.clock ? { clock: parts.clock } : {}) });
  const email = `${randomUUID()}@test.local`;
  const { person } = await createPerson(ctx, { name: "Somebody", email, grants, password });
  return person;
}
