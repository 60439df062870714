import type { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { parseRecords } from "./deployment-rows.ts";
import type { listSetsInput, setPageSchema } from "./schema.ts";

type SetRow = Omit<z.output<typeof setPageSchema>["rows"][number], "appliedAt" | "records"> & {
  appliedAt: Date;
  records: unknown;
};

/** Every SET that was in force, newest first. */
export async function listSets(
  { db }: Pick<Ctx, "db">,
  { agentId, environment, cursor, limit }: z.output<typeof listSetsInput>,
): Promise<z.output<typeof setPageSchema>> {
  const rows = await db.sql<SetRow>(
    `SELECT generation, applied_at AS "appliedAt", cause, author_name AS author, note, records FROM deployment_set
     WHERE agent_id = $1 AND environment = $2 AND generation < $3 ORDER BY generation DESC LIMIT ${limit + 1}`,
    [agentId, environment, cursor ?? 2_147_483_647],
  );
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => ({
      ...row,
      appliedAt: row.appliedAt.toISOString(),
      records: parseRecords(row.records),
    })),
    next: rows.length > limit ? (page.at(-1)?.generation ?? null) : null,
  };
}
