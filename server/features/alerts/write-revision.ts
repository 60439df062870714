import { conflict } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announceAlerts, type StoredRevision } from "./store.ts";

type NewRevision = {
  network: NetworkName;
  id: string;
  /** The one that it was made on must still be the newest. */
  madeOn: number;
  holds: object;
  reason: string;
};

/** Writes a rule's next revision; it counts from the next round on. Undo is an earlier one written again. */
export function writeRevision(ctx: Ctx, revision: NewRevision): Promise<number> {
  return ctx.db.prisma.$transaction((tx) => appendRevision(tx, ctx, revision));
}

/** As `writeRevision`, in the caller's transaction. */
export async function appendRevision(
  tx: Transaction,
  ctx: Ctx,
  { network, id, madeOn, holds, reason }: NewRevision,
): Promise<number> {
  const at = ctx.clock.now();
  const net = networkByName(network).id;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`alert rule ${net} ${id}`}))`;
  const newest = await tx.$queryRaw<StoredRevision[]>`
    SELECT revision, changes FROM alert_rule WHERE network = ${net} AND rule = ${id} ORDER BY revision DESC LIMIT 1`;
  const known = newest[0]?.revision ?? 0;
  if (known !== madeOn)
    throw conflict(`Somebody changed this rule meanwhile: it is at revision ${known}. Look at it again.`);
  await tx.$executeRaw`
    INSERT INTO alert_rule (network, rule, revision, changes, reason, made_at, made_by)
    VALUES (${net}, ${id}, ${known + 1}, ${JSON.stringify(holds)}::jsonb, ${reason}, ${at}, ${ctx.actor.name})`;
  await recordAudit(tx, ctx, {
    action: "alert.rule",
    subject: `rule:${id}`,
    network,
    before: newest[0]?.changes ?? {},
    after: holds,
    reason,
  });
  await announceAlerts(tx, network, at);
  return known + 1;
}
