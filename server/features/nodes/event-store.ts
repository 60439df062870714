import type { TimeRange } from "../../kernel/time-range.ts";
import type { Database } from "../../ports/database.ts";

type Db = Pick<Database, "sql">;

/** Probes that failed one after another; `to` = the answer that ended it, null = it lasts. */
export type MissedProbes = { from: Date; to: Date | null; missed: number; reason: string | null };

const maxRuns = 1_000;
const maxChanges = 1_000;

export async function listMissedProbes(db: Db, node: number, range: TimeRange): Promise<MissedProbes[]> {
  return db.sql<MissedProbes>(
    `WITH probes AS (
       SELECT at, kind, coalesce(detail, reason) AS reason,
              count(*) FILTER (WHERE kind = 'answered') OVER (ORDER BY at) AS run
       FROM node_probe WHERE node = $1 AND at >= $2 AND at <= $3
     )
     SELECT f.at AS "from", (SELECT min(a.at) FROM probes a WHERE a.run = f.run + 1 AND a.kind = 'answered') AS "to",
            f.missed, f.reason
     FROM (SELECT run, min(at) AS at, count(*)::int AS missed, (array_agg(reason ORDER BY at DESC))[1] AS reason
           FROM probes WHERE kind = 'failed' GROUP BY run ORDER BY min(at) DESC LIMIT ${maxRuns}) f`,
    [node, range.from, range.to],
  );
}

export type NodeChange = {
  id: string;
  at: Date;
  source: "chain" | "telemetry";
  field: string;
  before: string | null;
  after: string | null;
};

export async function listChanges(db: Db, node: number, range: TimeRange): Promise<NodeChange[]> {
  return db.sql<NodeChange>(
    `SELECT id, at, source, field, before, after FROM node_change
     WHERE node = $1 AND at >= $2 AND at <= $3 ORDER BY at DESC, id DESC LIMIT ${maxChanges}`,
    [node, range.from, range.to],
  );
}

export type WrongPiece = { at: Date; cid: Uint8Array; computed: string };

/** Pieces that did not hash to their CID when the console looked. */
export async function listWrongPieces(db: Db, node: number, range: TimeRange): Promise<WrongPiece[]> {
  return db.sql<WrongPiece>(
    `SELECT at, cid, encode(computed, 'hex') AS computed FROM node_verification
     WHERE node = $1 AND verdict = 'mismatch' AND at >= $2 AND at <= $3 ORDER BY at DESC LIMIT $4`,
    [node, range.from, range.to, maxChanges],
  );
}
