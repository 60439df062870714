import type { z } from "zod";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { passwordLinksOf } from "./password-link.ts";
import type { listPeopleInput, Person } from "./schema.ts";
import { personParts, toPerson } from "./store.ts";

/** By e-mail address, deactivated people too. */
export async function listPeople(
  ctx: Pick<Ctx, "db" | "clock">,
  input: z.output<typeof listPeopleInput>,
): Promise<Page<Person>> {
  const [after] = input.cursor ? decodeCursor(input.cursor, 1) : [];
  const search = input.search?.trim();
  const contains = { contains: search ?? "", mode: "insensitive" } as const;
  const rows = await ctx.db.prisma.user.findMany({
    where: {
      ...(after ? { email: { gt: String(after) } } : {}),
      ...(search ? { OR: [{ email: contains }, { name: contains }] } : {}),
    },
    include: personParts(ctx.clock.now()),
    orderBy: { email: "asc" },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const ids = page.map(({ id }) => id);
  const links = await passwordLinksOf(ctx.db.prisma, ids, ctx.clock.now());
  return {
    rows: page.map((row) => toPerson(row, links.get(row.id) ?? null)),
    next: rows.length > page.length && last ? encodeCursor([last.email]) : null,
  };
}
