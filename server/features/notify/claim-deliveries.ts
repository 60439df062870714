import type { Ctx } from "../../ports/ctx.ts";
import type { Claimed } from "./send-delivery.ts";

/** Longer than an attempt may take: who holds a claim that ran out has died. */
const claimMs = 30_000;

/**
 * Takes what is due, at most `most`. Of the messages to one receiver about one group the oldest goes first, so that
 * "resolved" never overtakes "firing".
 */
export function claimDeliveries({ db, clock }: Pick<Ctx, "db" | "clock">, most: number): Promise<Claimed[]> {
  const at = clock.now();
  return db.sql<Claimed>(
    `WITH due AS (
       SELECT d.id FROM notify_delivery d
       WHERE d.ended_at IS NULL AND d.next_at <= $1
         AND NOT EXISTS (SELECT FROM notify_delivery o WHERE o.receiver = d.receiver AND o.group_key = d.group_key
                           AND o.network = d.network AND o.ended_at IS NULL AND (o.made_at, o.id) < (d.made_at, d.id))
       ORDER BY d.next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE notify_delivery d SET state = 'sending', attempts = d.attempts + 1, next_at = $3
     FROM due, notify_receiver r WHERE d.id = due.id AND r.id = d.receiver
     RETURNING d.id, d.content, r.sealed, d.attempts`,
    [at, most, new Date(at.getTime() + claimMs)],
  );
}
