import type { z } from "zod";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { listTokensInput, Token } from "./schema.ts";
import { toToken, withOwner } from "./store.ts";

type Input = z.output<typeof listTokensInput>;

export function listOwnTokens(ctx: Pick<Ctx, "actor" | "db" | "clock">, input: Input): Promise<Page<Token>> {
  return list(ctx, input, { userId: personOf(ctx.actor).id });
}

export function listAllTokens(ctx: Pick<Ctx, "db" | "clock">, input: Input): Promise<Page<Token>> {
  return list(ctx, input, {});
}

/** Newest first, ended ones too: they say who had access until when. */
async function list(
  ctx: Pick<Ctx, "db" | "clock">,
  input: Input,
  whose: { userId?: string },
): Promise<Page<Token>> {
  const at = ctx.clock.now();
  const [createdAt, id] = input.cursor ? decodeCursor(input.cursor, 2).map(String) : [];
  const isBefore =
    createdAt === undefined || id === undefined
      ? {}
      : {
          OR: [
            { createdAt: { lt: new Date(createdAt) } },
            { createdAt: new Date(createdAt), id: { gt: id } },
          ],
        };
  const rows = await ctx.db.prisma.apiToken.findMany({
    where: { ...whose, ...isBefore },
    include: withOwner,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => toToken(row, at)),
    next: rows.length > page.length && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}
