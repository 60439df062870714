import type { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { type ConfigColumns, parseStored, toKnownSecrets } from "./find-config.ts";
import type { listRevisionsInput, RevisionPage } from "./schema.ts";

type RevisionRow = Pick<RevisionPage["rows"][number], "revision" | "author" | "note" | "backTo"> &
  ConfigColumns &
  RevisionPage["rows"][number]["acknowledged"] & { appliedAt: Date };

/** Every revision that was in force, newest first, with what runtimes said of it. */
export async function listRevisions(
  { db }: Pick<Ctx, "db">,
  { agentId, environment, cursor, limit }: z.output<typeof listRevisionsInput>,
): Promise<RevisionPage> {
  const rows = await db.sql<RevisionRow>(
    `SELECT r.revision, r.applied_at AS "appliedAt", r.author_name AS author, r.note, r.back_to AS "backTo", r.settings,
       r.secrets, a.taken, a.slowest AS "slowestMs", a.refused
     FROM agent_config_revision r, LATERAL (
       SELECT count(*) FILTER (WHERE fault IS NULL)::int AS taken, count(*) FILTER (WHERE fault IS NOT NULL)::int AS refused,
         (max(extract(epoch FROM acknowledged_at - r.applied_at) * 1000) FILTER (WHERE fault IS NULL))::float8 AS slowest
       FROM agent_config_acknowledgement k
       WHERE k.agent_id = r.agent_id AND k.environment = r.environment AND k.revision = r.revision) a
     WHERE r.agent_id = $1 AND r.environment = $2 AND r.revision < $3 ORDER BY r.revision DESC LIMIT ${limit + 1}`,
    [agentId, environment, cursor ?? 2_147_483_647],
  );
  const page = rows.slice(0, limit);
  return {
    rows: page.map(({ appliedAt, taken, slowestMs, refused, ...row }) => {
      const { settings, secrets } = parseStored(row);
      return {
        ...row,
        appliedAt: appliedAt.toISOString(),
        settings,
        secrets: toKnownSecrets(secrets),
        acknowledged: { taken, slowestMs: slowestMs && Math.max(0, slowestMs), refused },
      };
    }),
    next: rows.length > limit ? (page.at(-1)?.revision ?? null) : null,
  };
}
