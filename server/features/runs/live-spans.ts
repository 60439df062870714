import type { Database } from "../../ports/database.ts";
import { parseRecords } from "../deployments/deployment-rows.ts";
import type { Environment, SetCause } from "../deployments/schema.ts";
import { sharesOf } from "../deployments/share-rules.ts";
import { namesOfVersions } from "./names-of-versions.ts";
import type { LiveSpan } from "./schema.ts";

type SpanRow = {
  environment: Environment;
  generation: number;
  records: unknown;
  appliedAt: Date;
  until: Date | null;
  cause: SetCause;
  author: string;
  note: string;
};

const maxSpans = 200;

/** SETs that were in force in a part of that time, by environment, newest first; one more than are shown. */
export function readSpans(
  db: Pick<Database, "sql">,
  agentId: string,
  { from, to }: { from: Date; to: Date },
): Promise<SpanRow[]> {
  return db.sql<SpanRow>(
    `SELECT place.environment, span.* FROM unnest('{prod,staging,dev}'::text[]) AS place (environment),
     LATERAL (
       SELECT generation, records, applied_at AS "appliedAt",
         (SELECT min(later.applied_at) FROM deployment_set later WHERE later.agent_id = s.agent_id
            AND later.environment = s.environment AND later.generation = s.generation + 1) AS until,
         cause, author_name AS author, note
       FROM deployment_set s
       WHERE s.agent_id = $1 AND s.environment = place.environment AND s.applied_at <= $3
         AND s.applied_at >= coalesce((SELECT max(first.applied_at) FROM deployment_set first
           WHERE first.agent_id = $1 AND first.environment = place.environment AND first.applied_at <= $2), $2)
       ORDER BY s.applied_at DESC, s.generation DESC LIMIT ${maxSpans + 1}
     ) AS span`,
    [agentId, from, to],
  );
}

export type NamedSpan = { environment: Environment; span: LiveSpan };

/** Shares as they were when the SET came into force, or at the moment that is asked for. */
export async function nameSpans(
  db: Pick<Database, "sql">,
  agentId: string,
  { rows, at }: { rows: readonly SpanRow[]; at: Date | null },
): Promise<NamedSpan[]> {
  const shared = rows.map((row) => ({
    row,
    ...sharesOf(parseRecords(row.records), at ?? row.appliedAt),
  }));
  const cids = shared.flatMap(({ shares, targeted }) => [...shares.map(({ cid }) => cid), ...targeted]);
  const names = await namesOfVersions(db, agentId, cids);
  const named = (cid: string) => ({ cid, semver: names.get(cid) ?? null });
  return shared.map(({ row, shares, targeted }) => ({
    environment: row.environment,
    span: {
      generation: row.generation,
      from: row.appliedAt.toISOString(),
      until: row.until?.toISOString() ?? null,
      cause: row.cause,
      author: row.author,
      note: row.note,
      shares: shares.map((share) => ({ ...share, ...named(share.cid) })),
      targeted: targeted.map(named),
    },
  }));
}

export function isCut(spans: number): boolean {
  return spans > maxSpans;
}
