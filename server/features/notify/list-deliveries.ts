import { z } from "zod";
import { invalid, notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import {
  contentSchema,
  type Delivery,
  type DeliveryPage,
  type ListDeliveriesInput,
  type ReceiverKind,
} from "./schema.ts";

type Row = {
  id: string;
  receiver: string;
  kind: ReceiverKind;
  route: string;
  content: unknown;
  state: Delivery["state"];
  attempts: number;
  madeAt: Date;
  nextAt: Date;
  endedAt: Date | null;
  status: number | null;
  answer: string | null;
  tookMs: number | null;
};

const columns = `d.id, r.name AS receiver, r.kind, d.route_name AS route, d.content, d.state, d.attempts,
  d.made_at AS "madeAt", d.next_at AS "nextAt", d.ended_at AS "endedAt", d.status, d.answer, d.took_ms AS "tookMs"`;
const conditions = {
  open: "AND d.ended_at IS NULL",
  delivered: "AND d.state = 'delivered'",
  failed: "AND d.state = 'failed'",
} as const;
const positionSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Every message of a network and what came of it, newest first. */
export async function listDeliveries(
  { db }: Pick<Ctx, "db">,
  { network, state, cursor, limit }: ListDeliveriesInput,
): Promise<DeliveryPage> {
  const after = cursor ? "AND (d.made_at, d.id) < ($2::timestamptz, $3::uuid)" : "";
  const rows = await db.sql<Row>(
    `SELECT ${columns} FROM notify_delivery d JOIN notify_receiver r ON r.id = d.receiver
     WHERE d.network = $1 ${state ? conditions[state] : ""} ${after}
     ORDER BY d.made_at DESC, d.id DESC LIMIT ${limit + 1}`,
    [networkByName(network).id, ...(cursor ? positionOf(cursor) : [])],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? encodeCursor([last.madeAt.toISOString(), last.id]) : null;
  return { rows: page.map(toDelivery), next };
}

export async function getDelivery(
  { db }: Pick<Ctx, "db">,
  { network, id }: { network: string; id: string },
): Promise<Delivery> {
  const rows = await db.sql<Row>(
    `SELECT ${columns} FROM notify_delivery d JOIN notify_receiver r ON r.id = d.receiver
     WHERE d.network = $1 AND d.id = $2`,
    [networkByName(network).id, id],
  );
  const row = rows[0];
  if (!row) throw notFound("delivery", id);
  return toDelivery(row);
}

function positionOf(cursor: string): [at: string, id: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

function toDelivery({ content, madeAt, nextAt, endedAt, ...row }: Row): Delivery {
  const { title, alerts } = contentSchema.parse(content);
  return {
    ...row,
    title,
    alerts: alerts.map(({ id, change, title: alert }) => ({ id, change, title: alert })),
    madeAt: madeAt.toISOString(),
    nextAt: row.state === "waiting" ? nextAt.toISOString() : null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
