import type { Sql } from "../../ports/database.ts";
import { entryText, entryWritten, linkFields, linkHash, noHash } from "./link-hash.ts";
import type { ChainVerdict } from "./schema.ts";

const usualPageSize = 5_000;
/** The database writes down what entries say, which is more work than hashing it. */
const pagesAtOnce = 2;
const statementMs = 120_000;
/** Entries are written within seconds of what they tell; one that lies further back was put in later. */
const mostBackwardsMs = 5 * 60_000;

export type Anchor = { seq: string; hash: string; from: string };

export type VerifyOptions = {
  /** Anchors that were kept elsewhere, beside those of the database. */
  anchors?: readonly Anchor[];
  onProgress?: (links: number) => void;
  signal?: AbortSignal;
  /** Links that are read at once. */
  pageSize?: number;
};

/**
 * Walks along the whole chain and names the first thing that is wrong with it. Nothing is believed: every hash is made
 * anew from what the tables hold now. Memory is flat; the next pages are read while one is being hashed.
 */
export async function verifyChain(sql: Sql, options: VerifyOptions = {}): Promise<ChainVerdict> {
  const anchors = await listAnchors(sql, options.anchors ?? []);
  const walk: Walk = { seq: 0n, hash: noHash, newestAtMs: 0, anchors };
  for await (const links of readPages(sql, options.pageSize ?? usualPageSize)) {
    options.signal?.throwIfAborted();
    for (const link of links) {
      const fault = step(walk, link);
      if (fault) return fault;
    }
    options.onProgress?.(Number(walk.seq));
  }
  return (await endOf(sql, walk)) ?? soundVerdict(sql, walk);
}

type Walk = { seq: bigint; hash: string; newestAtMs: number; anchors: Map<string, Anchor[]> };
type Broken = Extract<ChainVerdict, { kind: "broken" }>;
type LinkRow = {
  seq: string;
  sealedAt: string;
  previous: string;
  hash: string;
  entryId: string;
  /** When it is dated, in ms, and what it says; null = it is gone. */
  atMs: number | null;
  text: string | null;
};

/** In order. Places have no gaps, so it is known where the pages to come begin; who meets a gap goes no further. */
async function* readPages(sql: Sql, pageSize: number): AsyncGenerator<LinkRow[]> {
  const reads: Promise<LinkRow[]>[] = [];
  let after = 0n;
  for (;;) {
    while (reads.length < pagesAtOnce) {
      const read = readPage(sql, { after: after + BigInt(reads.length * pageSize), pageSize });
      // It is awaited only when the pages before it are sound.
      read.catch(() => {});
      reads.push(read);
    }
    const page = (await reads.shift()) ?? [];
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = BigInt(last.seq);
    // Links that were added since belong between this page and the ones that were read ahead.
    if (page.length < pageSize) reads.length = 0;
  }
}

function readPage(sql: Sql, { after, pageSize }: { after: bigint; pageSize: number }): Promise<LinkRow[]> {
  return sql<LinkRow>(
    `SELECT ${linkFields}, entry."atMs", entry.text
     FROM audit_link l LEFT JOIN LATERAL (
       SELECT extract(epoch FROM e.at)::float8 * 1000 AS "atMs", ${entryText} AS text
       FROM audit_entry e CROSS JOIN ${entryWritten} WHERE e.id = l.entry_id
     ) AS entry ON true
     WHERE l.seq > $1 ORDER BY l.seq LIMIT $2`,
    [String(after), pageSize],
    { timeoutMs: statementMs },
  );
}

/** One link further, or what is wrong with it. */
function step(walk: Walk, link: LinkRow): Broken | null {
  const expected = walk.seq + 1n;
  if (BigInt(link.seq) !== expected)
    return broken("removed", { seq: String(expected), entryId: null }, `Link ${expected} is missing.`);
  const { entryId } = link;
  const place = { seq: link.seq, entryId };
  if (link.previous !== walk.hash)
    return broken("reordered", place, `Link ${link.seq} does not follow from link ${walk.seq}.`);
  const { atMs, text } = link;
  if (atMs === null || text === null)
    return broken("removed", place, `Entry ${entryId}, which link ${link.seq} seals, is gone.`);
  const hash = linkHash(walk.hash, link, text);
  if (hash !== link.hash)
    return broken("changed", place, `Entry ${entryId} does not give the hash of link ${link.seq}.`);
  if (atMs < walk.newestAtMs - mostBackwardsMs)
    return broken("inserted", place, `Entry ${entryId} is dated ${isoOf(atMs)}, long before its neighbours.`);
  const denied = walk.anchors.get(link.seq)?.find((anchor) => anchor.hash !== hash);
  if (denied)
    return broken(
      "rewritten",
      place,
      `Link ${link.seq} has another hash than the anchor ${denied.from} keeps.`,
    );
  walk.anchors.delete(link.seq);
  walk.seq = expected;
  walk.hash = hash;
  walk.newestAtMs = Math.max(walk.newestAtMs, atMs);
  return null;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** After the last link: what anchors know beyond it, and entries that no link seals and none will. */
async function endOf(sql: Sql, walk: Walk): Promise<Broken | null> {
  const [beyond] = [...walk.anchors.values()].flat();
  if (beyond)
    return broken(
      "tail",
      { seq: beyond.seq, entryId: null },
      `The chain ends at link ${walk.seq}; the anchor ${beyond.from} knows link ${beyond.seq}.`,
    );
  const [loose] = await sql<{ id: string }>(
    `SELECT e.id::text AS id FROM audit_entry e
     WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)
       AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.entry_id = e.id)
     ORDER BY e.id LIMIT 1`,
    [],
    { timeoutMs: statementMs },
  );
  if (!loose) return null;
  return broken("inserted", { seq: null, entryId: loose.id }, `Entry ${loose.id} was never to be sealed.`);
}

async function soundVerdict(sql: Sql, { seq, hash }: Walk): Promise<ChainVerdict> {
  const [waiting] = await sql<{ count: string }>("SELECT count(*) AS count FROM audit_unsealed", [], {
    timeoutMs: statementMs,
  });
  return {
    kind: "sound",
    links: Number(seq),
    head: seq === 0n ? null : hash,
    unsealed: Number(waiting?.count ?? 0),
  };
}

async function listAnchors(sql: Sql, more: readonly Anchor[]): Promise<Map<string, Anchor[]>> {
  const own = await sql<Anchor>(
    `SELECT seq::text AS seq, encode(hash, 'hex') AS hash, 'of ' || day AS from FROM audit_anchor ORDER BY audit_anchor.seq DESC`,
  );
  return Map.groupBy([...own, ...more], ({ seq }) => seq);
}

function broken(
  fault: Broken["fault"],
  place: { seq: string | null; entryId: string | null },
  detail: string,
): Broken {
  return { kind: "broken", fault, ...place, detail };
}
