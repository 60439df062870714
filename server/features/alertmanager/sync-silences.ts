import { z } from "zod";
import { isAppError } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { announceAlertChanges } from "../alerts/announce-alert-changes.ts";
import { recordEvents } from "../alerts/record-events.ts";
import { wakeNotifications } from "../notify/queue-notifications.ts";
import { type ApiSilence, apiSilencesSchema, createdSilenceSchema } from "./alertmanager-schema.ts";
import { type AlertmanagerSource, callAlertmanager } from "./call-alertmanager.ts";
import {
  foreignMatchers,
  isOfAnotherNetwork,
  markedId,
  matcherText,
  type OwnSilence,
  ownMatcher,
  silenceMark,
} from "./rules.ts";

/** Silences in both directions: theirs show here and end here; ours are made there and end there. */
export async function syncSilences(ctx: Ctx, source: AlertmanagerSource): Promise<void> {
  const { network, url } = source;
  const way = { outbound: ctx.deps.outbound, url };
  const listed = await callAlertmanager(way, { method: "GET", path: "silences" }, apiSilencesSchema);
  const at = ctx.clock.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    let changed = 0;
    for (const silence of listed.filter((silence) => !isOfAnotherNetwork(network, silence)))
      changed += await take(tx, { source, at }, silence);
    if (changed > 0) await announceAlertChanges(tx, network, at);
  });
  await tellOurs(ctx, source);
}

type Moment = { source: AlertmanagerSource; at: Date };
type Known = { id: string; endedAt: Date | null; endsAt: Date };

/** Returns 1 where something is different now. */
async function take(tx: Transaction, { source, at }: Moment, silence: ApiSilence): Promise<number> {
  const net = networkByName(source.network).id;
  const ours = markedId(source.network, silence);
  const known = await tx.$queryRaw<Known[]>`
    SELECT id::text AS id, ended_at AS "endedAt", ends_at AS "endsAt" FROM alert_silence
    WHERE network = ${net} AND (external_id = ${silence.id} OR (external_id IS NULL AND id = ${ours}::bigint))
    FOR UPDATE`;
  const [own] = known;
  if (silence.status.state === "expired") return own ? expire(tx, { source, at }, own, silence) : 0;
  if (own) {
    const moved = await tx.$executeRaw`
      UPDATE alert_silence SET external_id = ${silence.id}, ends_at = ${silence.endsAt}::timestamptz
      WHERE id = ${own.id}::bigint AND ended_at IS NULL
        AND (external_id IS DISTINCT FROM ${silence.id} OR ends_at <> ${silence.endsAt}::timestamptz)`;
    return moved;
  }
  const said = ownMatcher(silence.matchers);
  const node = said?.node ?? null;
  return tx.$executeRaw`
    INSERT INTO alert_silence (network, rule, subject_kind, subject_id, reason, starts_at, ends_at, made_by, source,
                               external_id, matchers)
    VALUES (${net}, ${said?.rule ?? null}, ${node === null ? null : "node"}, ${node}, ${silence.comment.slice(0, 500)},
            ${silence.startsAt}::timestamptz, ${silence.endsAt}::timestamptz, ${silence.createdBy.slice(0, 200)},
            'alertmanager', ${silence.id}, ${silence.matchers.map(matcherText).join(", ").slice(0, 1_000)})`;
}

/** Ended there, by a person or by its time: what it hid is back. */
async function expire(
  tx: Transaction,
  { source, at }: Moment,
  own: Known,
  silence: ApiSilence,
): Promise<number> {
  if (own.endedAt !== null || own.endsAt <= at) return 0;
  await tx.$executeRaw`
    UPDATE alert_silence SET ended_at = ${at}, ended_by = 'Alertmanager', external_id = ${silence.id}, external_ended = true
    WHERE id = ${own.id}::bigint`;
  const woken = await tx.$queryRaw<{ id: string }[]>`
    UPDATE alert SET silence = NULL, quiet_until = NULL
    WHERE network = ${networkByName(source.network).id} AND silence = ${own.id}::bigint AND resolved_at IS NULL
    RETURNING id::text AS id`;
  const ids = woken.map(({ id }) => id);
  await wakeNotifications(tx, ids, at);
  await recordEvents(
    tx,
    { network: source.network, at },
    ids.map((alert) => ({ alert, kind: "woken", actor: "Alertmanager", note: null })),
  );
  return 1;
}

type Ours = OwnSilence & {
  id: string;
  reason: string;
  madeBy: string;
  startsAt: Date;
  endsAt: Date;
  externalId: string | null;
  endedAt: Date | null;
};

async function tellOurs(ctx: Ctx, source: AlertmanagerSource): Promise<void> {
  const ours = await ctx.db.sql<Ours>(
    `SELECT id, rule, subject_kind AS "subjectKind", subject_id AS "subjectId", reason, made_by AS "madeBy",
            starts_at AS "startsAt", ends_at AS "endsAt", external_id AS "externalId", ended_at AS "endedAt"
     FROM alert_silence WHERE network = $1 AND ends_at > $2 AND NOT external_ended
       AND ((source = 'console' AND external_id IS NULL AND ended_at IS NULL)
            OR (external_id IS NOT NULL AND ended_at IS NOT NULL))`,
    [networkByName(source.network).id, ctx.clock.now()],
  );
  for (const silence of ours) {
    if (silence.externalId === null) await makeThere(ctx, source, silence);
    else await endThere(ctx, source, { id: silence.id, externalId: silence.externalId });
  }
}

async function makeThere(ctx: Ctx, { network, url }: AlertmanagerSource, silence: Ours): Promise<void> {
  const matchers = foreignMatchers(network, silence);
  if (matchers === null) return;
  const body = {
    matchers,
    startsAt: silence.startsAt.toISOString(),
    endsAt: silence.endsAt.toISOString(),
    createdBy: silence.madeBy,
    comment: `${silence.reason} ${silenceMark(network, silence.id)}`,
  };
  const call = { method: "POST", path: "silences", body } as const;
  const { silenceID } = await callAlertmanager(
    { outbound: ctx.deps.outbound, url },
    call,
    createdSilenceSchema,
  );
  await ctx.db.sql("UPDATE alert_silence SET external_id = $2 WHERE id = $1", [silence.id, silenceID]);
}

async function endThere(
  ctx: Ctx,
  { url }: AlertmanagerSource,
  { id, externalId }: { id: string; externalId: string },
): Promise<void> {
  const call = { method: "DELETE", path: `silence/${encodeURIComponent(externalId)}` } as const;
  try {
    await callAlertmanager({ outbound: ctx.deps.outbound, url }, call, z.unknown());
  } catch (error) {
    // It answered that there is nothing to end: what was wanted is so.
    if (!isAppError(error) || error.details.status === undefined) throw error;
  }
  await ctx.db.sql("UPDATE alert_silence SET external_ended = true WHERE id = $1", [id]);
}
