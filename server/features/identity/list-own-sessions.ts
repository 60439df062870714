import type { z } from "zod";
import type { Page } from "../../kernel/paging.ts";
import { type ListSessionsCtx, listSessionsOf } from "./list-sessions-of.ts";
import { requirePerson } from "./require-person.ts";
import type { listSessionsInput, SessionRow } from "./schema.ts";

export function listOwnSessions(
  ctx: ListSessionsCtx,
  input: z.output<typeof listSessionsInput>,
): Promise<Page<SessionRow>> {
  return listSessionsOf(ctx, { ...input, personId: requirePerson(ctx.actor).id });
}
