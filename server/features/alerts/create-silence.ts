import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { findSilence } from "./list-silences.ts";
import { type EventRecord, recordEvents } from "./record-events.ts";
import type { CreateSilenceInput, Silence } from "./schema.ts";
import { announceAlerts } from "./store.ts";

/** Hides what fits it, now and as it opens, until it ends: an end is mandatory. */
export async function createSilence(ctx: Ctx, input: CreateSilenceInput): Promise<Silence> {
  const { network, rule = null, subject = null, reason, forMs } = input;
  const net = networkByName(network).id;
  const at = ctx.clock.now();
  const endsAt = new Date(at.getTime() + forMs);
  const id = await ctx.db.prisma.$transaction(async (tx) => {
    const made = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO alert_silence (network, rule, subject_kind, subject_id, subject_name, reason, starts_at, ends_at, made_by)
      VALUES (${net}, ${rule}, ${subject?.kind ?? null}, ${subject?.id ?? null},
              (SELECT subject_name FROM alert WHERE network = ${net} AND subject_kind = ${subject?.kind ?? null}
                 AND subject_id = ${subject?.id ?? null} ORDER BY id DESC LIMIT 1),
              ${reason}, ${at}, ${endsAt}, ${ctx.actor.name})
      RETURNING id::text AS id`;
    const silence = made[0]?.id ?? "";
    const hidden = await tx.$queryRaw<{ id: string }[]>`
      UPDATE alert SET silence = ${silence}::bigint, quiet_until = greatest(${endsAt}, quiet_until)
      WHERE network = ${net} AND resolved_at IS NULL AND (${rule}::text IS NULL OR rule = ${rule})
        AND (${subject?.id ?? null}::text IS NULL
             OR (subject_kind = ${subject?.kind ?? null} AND subject_id = ${subject?.id ?? null}))
      RETURNING id::text AS id`;
    const events = hidden.map(
      (alert): EventRecord => ({
        alert: alert.id,
        kind: "silenced",
        actor: ctx.actor.name,
        note: reason,
      }),
    );
    await recordEvents(tx, { network, at }, events);
    const after = { rule, subject, endsAt, hides: hidden.length };
    await recordAudit(tx, ctx, {
      action: "alert.silence",
      subject: `silence:${silence}`,
      network,
      after,
      reason,
    });
    await announceAlerts(tx, network, at);
    return silence;
  });
  return findSilence(ctx, { network, id });
}
