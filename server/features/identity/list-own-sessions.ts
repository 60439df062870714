import type { z } from "zod";
import type { Page } from "../../kernel/paging.ts";
import { personOf } from "../../kernel/roles.ts";
import { type ListSessionsCtx, listSessionsOf } from "./list-sessions-of.ts";
import type { listSessionsInput, SessionRow } from "./schema.ts";

export function listOwnSessions(
  ctx: ListSessionsCtx,
  input: z.output<typeof listSessionsInput>,
): Promise<Page<SessionRow>> {
  return listSessionsOf(ctx, { ...input, personId: personOf(ctx.actor).id });
}
