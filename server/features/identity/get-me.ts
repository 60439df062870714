import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Me } from "./schema.ts";
import { grantSchema } from "./schema.ts";
import { readPreferences } from "./store.ts";

/** Who is signed in, what they may do and how they want to see it. */
export async function getMe(ctx: Pick<Ctx, "actor" | "db">): Promise<Me> {
  const { id, name, email, grants } = personOf(ctx.actor);
  const user = await ctx.db.prisma.user.findUnique({ where: { id }, select: { preferences: true } });
  return {
    id,
    name,
    email,
    grants: grants.map((grant) => grantSchema.parse(grant)),
    preferences: readPreferences(user?.preferences),
  };
}
