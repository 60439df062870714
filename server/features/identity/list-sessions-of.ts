import type { z } from "zod";
import type { Session } from "../../../prisma/generated/console/client.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { describeDevice } from "./person-rules.ts";
import { type listSessionsOfInput, type SessionRow, sessionSchema } from "./schema.ts";
import { liveSessions } from "./store.ts";

export type ListSessionsCtx = Pick<Ctx, "actor" | "db" | "clock">;

/** Sessions that are open, by id. */
export async function listSessionsOf(
  ctx: ListSessionsCtx,
  input: z.output<typeof listSessionsOfInput>,
): Promise<Page<SessionRow>> {
  const [after] = input.cursor ? decodeCursor(input.cursor, 1) : [];
  const rows = await ctx.db.prisma.session.findMany({
    where: {
      userId: input.personId,
      ...liveSessions(ctx.clock.now()),
      ...(after ? { id: { gt: String(after) } } : {}),
    },
    orderBy: { id: "asc" },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const currentId = ctx.actor.kind === "person" ? ctx.actor.sessionId : null;
  return {
    rows: page.map((row) => toSessionRow(row, currentId)),
    next: rows.length > page.length && last ? encodeCursor([last.id]) : null,
  };
}

function toSessionRow(row: Session, currentId: string | null): SessionRow {
  return {
    id: row.id,
    isCurrent: row.id === currentId,
    device: describeDevice(row.userAgent),
    address: row.ipAddress,
    way: sessionSchema.shape.way.parse(row.way),
    createdAt: row.createdAt.toISOString(),
    seenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
