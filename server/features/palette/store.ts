import type { Database } from "../../ports/database.ts";

type Db = Pick<Database, "sql">;

export type FoundEntity = {
  kind: string;
  network: number;
  id: string;
  name: string;
  detail: string;
  isGone: boolean;
};

const columns = `k.kind, k.network, k.id, k.name, k.detail, k.is_gone AS "isGone"`;

/** Everything of these kinds with exactly this id, on these networks. */
export async function findEntities(
  db: Db,
  query: { kinds: readonly string[]; networks: readonly number[]; id: string },
): Promise<FoundEntity[]> {
  return db.sql<FoundEntity>(
    `SELECT ${columns} FROM known_entity k
     WHERE k.kind = ANY ($1) AND k.network = ANY ($2::smallint[]) AND k.id = $3 ORDER BY k.network DESC, k.kind`,
    [query.kinds, query.networks, query.id],
  );
}

export type EntitySearch = {
  /** Comes first in the answer. */
  network: number;
  networks: readonly number[];
  kinds: readonly string[];
  words: readonly string[];
  limit: number;
};

/**
 * Entities that every word is a part of: names and ids that begin with the first word before others, the asked network
 * before the rest. Each way of looking stops after a bounded number of rows, so that a word which half of all entities
 * carry costs no more than another.
 */
export async function searchEntities(db: Db, search: EntitySearch): Promise<FoundEntity[]> {
  const { words, networks, kinds, limit, network } = search;
  const first = words[0] ?? "";
  const ways = [byBeginning("name_key", words), byBeginning("id", words)];
  // Three letters or digits are the shortest part that the index of parts knows; others would read all of it.
  if (words.some((word) => /[\p{L}\p{N}]{3}/u.test(word))) ways.push(byPart(words));
  return db.sql<FoundEntity>(
    `WITH found AS (${ways.join(" UNION ")})
     SELECT kind, network, id, name, detail, "isGone" FROM found
     ORDER BY network NOT IN ($6, 0), NOT starts_with(name_key, $3), "isGone", array_position($2, kind),
              length(name_key), name_key, id
     LIMIT $5`,
    [
      networks,
      kinds,
      first,
      `${first}${highest}`,
      limit,
      network,
      ...words.map((word) => `%${escaped(word)}%`),
    ],
  );
}

/** A range of the index, read in its order; only as far as needed when no other word narrows it. */
function byBeginning(column: "name_key" | "id", words: readonly string[]): string {
  const indexed = column === "id" ? "AND k.id <> k.name" : "";
  return `(
    SELECT found.* FROM unnest($1::smallint[]) AS of (network) CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT ${columns}, k.name_key, concat_ws(' ', k.name_key, k.id, k.words) AS everything FROM known_entity k
        WHERE k.network = of.network AND k.${column} COLLATE "C" >= $3 AND k.${column} COLLATE "C" < $4 ${indexed}
        ORDER BY k.${column} COLLATE "C" LIMIT ${readAtMost}) AS candidate
      WHERE candidate.kind = ANY ($2) ${words.map((_, at) => `AND candidate.everything LIKE $${at + 7}`).join(" ")}
      LIMIT $5) AS found)`;
}

function byPart(words: readonly string[]): string {
  return `(
    SELECT ${columns}, k.name_key, concat_ws(' ', k.name_key, k.id, k.words) AS everything FROM known_entity k
    WHERE k.words IS NOT NULL AND ${words.map((_, at) => `k.words LIKE $${at + 7}`).join(" AND ")}
      AND k.kind = ANY ($2) AND k.network = ANY ($1::smallint[]) LIMIT ${readAtMost})`;
}

const readAtMost = 1_000;

/** Sorts after everything that begins with the same letters. */
const highest = "\u{10ffff}";

function escaped(word: string): string {
  return word.replace(/[\\%_]/g, "\\$&");
}

/** The newest block that any indexer of each network has. */
export async function listHeights(
  db: Db,
  networks: readonly number[],
): Promise<{ network: number; height: number }[]> {
  return db.sql(
    `SELECT network, max(height)::int AS height FROM registry_source
     WHERE network = ANY ($1::smallint[]) AND height IS NOT NULL AND state <> 'refused' GROUP BY network ORDER BY network DESC`,
    [networks],
  );
}

/** One activity record of each network that names this content: enough to say that it is known, and where. */
export async function findActivityOf(
  db: Db,
  networks: readonly number[],
  cid: Uint8Array,
): Promise<{ network: number; bucket: string }[]> {
  return db.sql(
    `SELECT of.network, found.bucket FROM unnest($1::smallint[]) AS of (network) CROSS JOIN LATERAL (
       SELECT u64(a.bucket)::text AS bucket FROM activity a
       WHERE a.cid_prefix = cid_prefix_of($2::bytea)
         AND a.cid = $2 AND a.network = of.network AND a.first_of_cid LIMIT 1) AS found ORDER BY of.network DESC`,
    [networks, Buffer.from(cid)],
  );
}
