import { conflict, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { wakeNotifications } from "../notify/queue-notifications.ts";
import { findSilence } from "./list-silences.ts";
import { type EventRecord, recordEvents } from "./record-events.ts";
import type { EndSilenceInput, Silence } from "./schema.ts";
import { announceAlerts } from "./store.ts";

type Locked = { endsAt: Date; endedAt: Date | null; endedBy: string | null };

/** What it hid and still fires is back in the queue at once. */
export async function endSilence(ctx: Ctx, { network, id, reason }: EndSilenceInput): Promise<Silence> {
  const net = networkByName(network).id;
  const at = ctx.clock.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Locked[]>`
      SELECT ends_at AS "endsAt", ended_at AS "endedAt", ended_by AS "endedBy" FROM alert_silence
      WHERE network = ${net} AND id = ${id}::bigint FOR UPDATE`;
    const silence = rows[0];
    if (!silence) throw notFound("silence", id);
    if (silence.endedAt !== null)
      throw conflict(`${silence.endedBy ?? "Somebody"} ended this silence already.`);
    if (silence.endsAt <= at) throw conflict("This silence has run out by itself.");
    await tx.$executeRaw`
      UPDATE alert_silence SET ended_at = ${at}, ended_by = ${ctx.actor.name} WHERE id = ${id}::bigint`;
    const woken = await tx.$queryRaw<{ id: string }[]>`
      UPDATE alert SET silence = NULL, quiet_until = NULL
      WHERE network = ${net} AND silence = ${id}::bigint AND resolved_at IS NULL RETURNING id::text AS id`;
    await wakeNotifications(
      tx,
      woken.map((alert) => alert.id),
      at,
    );
    const events = woken.map(
      (alert): EventRecord => ({
        alert: alert.id,
        kind: "woken",
        actor: ctx.actor.name,
        note: null,
      }),
    );
    await recordEvents(tx, { network, at }, events);
    const [before, after] = [{ endsAt: silence.endsAt }, { endedAt: at, back: woken.length }];
    await recordAudit(tx, ctx, {
      action: "alert.unsilence",
      subject: `silence:${id}`,
      network,
      before,
      after,
      reason: reason ?? null,
    });
    await announceAlerts(tx, network, at);
  });
  return findSilence(ctx, { network, id });
}
