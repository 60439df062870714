import type { Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { closingPage } from "../maintenance/closing-page.ts";
import { type FreezeRow, freezeColumns, toFreeze } from "./freeze-rows.ts";
import type { Freeze, ListFreezesInput } from "./freeze-schema.ts";

/** Those that close last come first, so that what runs and what is to come stand before what is over. */
export function listFreezes(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { environment, cursor, limit }: ListFreezesInput,
): Promise<Page<Freeze>> {
  return closingPage(
    { cursor, limit },
    {
      read: ({ after, values, most }) =>
        db.sql<FreezeRow>(
          `SELECT ${freezeColumns} FROM rollout_freeze WHERE environment = $1 ${after}
         ORDER BY closes_at DESC, id DESC LIMIT ${most}`,
          [environment, ...values],
        ),
      toRow: (row) => toFreeze(row, clock.now()),
    },
  );
}
