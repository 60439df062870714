import type { Ctx } from "../../ports/ctx.ts";
import type { Receiver, ReceiverKind } from "./schema.ts";

type Row = {
  id: string;
  name: string;
  kind: ReceiverKind;
  shown: string;
  isEnabled: boolean;
  changedAt: Date;
  changedBy: string;
  routes: number;
  waiting: number;
  lastState: "delivered" | "failed" | null;
  lastAt: Date | null;
  lastAnswer: string | null;
};

/** Everybody who can be told, without their secrets, with how the last message went. */
export async function listReceivers({ db }: Pick<Ctx, "db">): Promise<Receiver[]> {
  const rows = await db.sql<Row>(
    `SELECT r.id, r.name, r.kind, r.shown, r.is_enabled AS "isEnabled", r.changed_at AS "changedAt",
            r.changed_by AS "changedBy",
            (SELECT count(*)::int FROM notify_route WHERE receiver = r.id) AS routes,
            (SELECT count(*)::int FROM notify_delivery WHERE receiver = r.id AND ended_at IS NULL) AS waiting,
            l.state AS "lastState", l.ended_at AS "lastAt", l.answer AS "lastAnswer"
     FROM notify_receiver r LEFT JOIN LATERAL (
       SELECT state, ended_at, answer FROM notify_delivery WHERE receiver = r.id AND ended_at IS NOT NULL
       ORDER BY made_at DESC LIMIT 1) AS l ON true
     ORDER BY r.name`,
  );
  return rows.map(({ changedAt, lastState, lastAt, lastAnswer, ...row }) => ({
    ...row,
    changedAt: changedAt.toISOString(),
    last:
      lastState === null || lastAt === null
        ? null
        : { state: lastState, at: lastAt.toISOString(), answer: lastAnswer },
  }));
}
