import { randomUUID } from "node:crypto";
import { invalid } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { tellPerson } from "../notifications/tell-person.ts";
import { changeAlerts, type LockedAlert } from "./change-alerts.ts";
import { findAssignee } from "./list-assignees.ts";
import type { AssignInput, Outcome } from "./schema.ts";

type Owner = { id: string; name: string };

/** Gives alerts to a person, or takes them away: they stay in their view until that person acknowledges them. */
export async function assignAlerts(
  ctx: Ctx,
  { network, ids, ownerId, comment }: AssignInput,
): Promise<Outcome[]> {
  const owner = ownerId === null ? null : await findAssignee(ctx, { network, id: ownerId });
  if (ownerId !== null && owner === null)
    throw invalid(`Nobody with this account may act on ${network}: an alert is given to an operator.`);
  const whom = `to ${owner?.name ?? "nobody"}`;
  return changeAlerts(ctx, {
    network,
    ids,
    action: "alert.assign",
    event: "assigned",
    note: comment ? `${whom}: ${comment}` : whom,
    refusal: (alert) => refusalOf(alert, owner),
    write: async (tx, done, at) => {
      await tx.$executeRaw`
        UPDATE alert SET owner_id = ${owner?.id ?? null}, owner_name = ${owner?.name ?? null}
        WHERE id = ANY (${[...done]}::bigint[])`;
      if (owner !== null && owner.id !== ctx.actor.id)
        await tellOwner(tx, owner, { network, ids: done, by: ctx.actor.name, at });
    },
    after: { ownerId: owner?.id ?? null, ownerName: owner?.name ?? null },
  });
}

function refusalOf({ state, acknowledgedAt, ownerId }: LockedAlert, owner: Owner | null): string | null {
  if (state === "resolved") return "It has resolved meanwhile.";
  if (owner !== null) return ownerId === owner.id ? `${owner.name} has it already.` : null;
  if (ownerId === null) return "Nobody has it.";
  return acknowledgedAt === null ? null : "It is acknowledged: put it back into the queue instead.";
}

type Given = { network: NetworkName; ids: readonly string[]; by: string; at: Date };

/** Once, whatever number of alerts was given at once. */
async function tellOwner(tx: Transaction, owner: Owner, { network, ids, by, at }: Given): Promise<void> {
  const [first] = await tx.$queryRaw<{ id: string; title: string; name: string }[]>`
    SELECT id::text AS id, title, subject_name AS name FROM alert
    WHERE id = ANY (${[...ids]}::bigint[]) ORDER BY severity, id LIMIT 1`;
  if (!first) return;
  const more = ids.length - 1;
  await tellPerson(tx, owner.id, {
    kind: "alert",
    tone: "info",
    title: more === 0 ? `${by} gave you an alert` : `${by} gave you ${ids.length} alerts`,
    detail: `${first.title}, ${first.name}${more === 0 ? "" : ` and ${more} more`}`,
    href: more === 0 ? `/${network}/alerts?alert=${first.id}` : `/${network}/alerts?owner=me`,
    event: `assigned ${randomUUID()}`,
    at,
  });
}
