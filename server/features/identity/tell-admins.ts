import type { Transaction } from "../../ports/database.ts";
import { tellPerson } from "../notifications/tell-person.ts";

/** Whoever may let people in hears that somebody has a way to sign in for the first time. */
export async function tellAdminsOfArrival(
  tx: Transaction,
  person: { id: string; name: string; email: string },
  at: Date,
): Promise<void> {
  const admins = await tx.roleGrant.findMany({
    where: { role: "admin", network: null, environment: null, userId: { not: person.id } },
    select: { userId: true },
    distinct: ["userId"],
  });
  for (const { userId } of admins)
    await tellPerson(tx, userId, {
      kind: "invitation",
      tone: "ok",
      title: `${person.name} took up the invitation`,
      detail: person.email,
      href: `/settings/people?q=${encodeURIComponent(person.email)}`,
      event: `arrived ${person.id}`,
      at,
    });
}
