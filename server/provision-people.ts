import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { buildLogger } from "./adapters/log/build-logger.ts";
import { openDatabase } from "./adapters/postgres/database.ts";
import { inheritedEnvironment } from "./config.ts";
import { type Provisioned, provisionPerson } from "./features/identity/provision-person.ts";
import type { provisionedPeople } from "./features/identity/schema.ts";
import { systemClock } from "./kernel/clock.ts";

export type Outcome = { email: string; outcome: Provisioned };

/** The commands' way to the accounts: no session, the command's own name in the audit log. */
export async function provisionPeople(
  command: string,
  people: z.output<typeof provisionedPeople>,
): Promise<Outcome[]> {
  const connectionString = inheritedEnvironment().DATABASE_URL;
  if (!connectionString)
    throw new Error("DATABASE_URL is not set. It names the console's own PostgreSQL database.");
  const db = openDatabase({ connectionString, maxConnections: 2, applicationName: command });
  const ctx = {
    actor: { kind: "system", id: command, name: command },
    db,
    clock: systemClock,
    log: buildLogger({ level: "warn", base: { command } }),
    requestId: randomUUID(),
    address: null,
  } as const;
  try {
    const outcomes: Outcome[] = [];
    for (const person of people)
      outcomes.push({ email: person.email, outcome: await provisionPerson(ctx, person) });
    return outcomes;
  } finally {
    await db.close();
  }
}
