import type { Notification } from "../../../prisma/generated/console/client.ts";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type ListNotificationsInput, type NotificationRow, notificationSchema } from "./schema.ts";

/** One's own, newest first. */
export async function listNotifications(
  { actor, db }: Pick<Ctx, "actor" | "db">,
  { cursor, limit }: ListNotificationsInput,
): Promise<Page<NotificationRow>> {
  const before = cursor ? idOf(cursor) : null;
  const found = await db.prisma.notification.findMany({
    where: { userId: personOf(actor).id, ...(before !== null && { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const next = found.length > limit && last ? encodeCursor([last.id.toString()]) : null;
  return { rows: rows.map(toRow), next };
}

function idOf(cursor: string): bigint {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== "string" || !/^\d{1,18}$/.test(id))
    throw invalid("This page link is damaged. Start again from the first page.");
  return BigInt(id);
}

function toRow({ id, kind, tone, title, detail, href, at, readAt }: Notification): NotificationRow {
  const { shape } = notificationSchema;
  return {
    id: id.toString(),
    kind: shape.kind.parse(kind),
    tone: shape.tone.parse(tone),
    title,
    detail,
    href,
    at: at.toISOString(),
    isRead: readAt !== null,
  };
}
