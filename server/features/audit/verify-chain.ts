import type { Sql } from "../../ports/database.ts";
import { entryFields, linkFields, linkHash, noHash, type SealedFields } from "./link-hash.ts";
import type { ChainVerdict } from "./schema.ts";

const pageSize = 10_000;
const statementMs = 120_000;
/** Entries are written within seconds of what they tell; one that lies further back was put in later. */
const mostBackwardsMs = 5 * 60_000;

export type Anchor = { seq: string; hash: string; from: string };

export type VerifyOptions = {
  /** Anchors that were kept elsewhere, beside those of the database. */
  anchors?: readonly Anchor[];
  onProgress?: (links: number) => void;
  signal?: AbortSignal;
};

/**
 * Walks along the whole chain and names the first thing that is wrong with it. Nothing is believed: every hash is made
 * anew from what the tables hold now. Memory is flat; the next page is read while one is being hashed.
 */
export async function verifyChain(sql: Sql, options: VerifyOptions = {}): Promise<ChainVerdict> {
  const anchors = await listAnchors(sql, options.anchors ?? []);
  const walk: Walk = { seq: 0n, hash: noHash, newestAt: 0, anchors };
  let page = readPage(sql, walk.seq);
  for (;;) {
    options.signal?.throwIfAborted();
    const links = await page;
    const last = links.at(-1);
    if (!last) break;
    page = readPage(sql, BigInt(last.seq));
    // It is awaited only when this page is sound.
    page.catch(() => {});
    for (const link of links) {
      const fault = step(walk, link);
      if (fault) return fault;
    }
    options.onProgress?.(Number(walk.seq));
  }
  return (await endOf(sql, walk)) ?? soundVerdict(sql, walk);
}

type Walk = { seq: bigint; hash: string; newestAt: number; anchors: Map<string, Anchor[]> };
type Broken = Extract<ChainVerdict, { kind: "broken" }>;
type LinkRow = Nullable<Omit<SealedFields, "seq" | "sealedAt">> & {
  seq: string;
  sealedAt: string;
  previous: string;
  hash: string;
  entryId: string;
};
type Nullable<T> = { [Key in keyof T]: T[Key] | null };

function readPage(sql: Sql, after: bigint): Promise<LinkRow[]> {
  return sql<LinkRow>(
    `SELECT ${linkFields}, ${entryFields}
     FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
     WHERE l.seq > $1 ORDER BY l.seq LIMIT ${pageSize}`,
    [String(after)],
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
  if (!isWhole(link))
    return broken("removed", place, `Entry ${entryId}, which link ${link.seq} seals, is gone.`);
  const hash = linkHash(walk.hash, link);
  if (hash !== link.hash)
    return broken("changed", place, `Entry ${entryId} does not give the hash of link ${link.seq}.`);
  const at = Date.parse(link.at);
  if (at < walk.newestAt - mostBackwardsMs)
    return broken("inserted", place, `Entry ${entryId} is dated ${link.at}, long before its neighbours.`);
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
  walk.newestAt = Math.max(walk.newestAt, at);
  return null;
}

function isWhole(link: LinkRow): link is LinkRow & SealedFields {
  return link.id !== null;
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
