import type { Ctx } from "../../ports/ctx.ts";
import type { SqlTransaction } from "../../ports/database.ts";
import { entryText, entryWritten, linkHash, noHash } from "./link-hash.ts";

/** Entries of one transaction: a tenth of a second of work. */
const batchSize = 2_000;
const statementMs = 20_000;

/**
 * Gives committed entries their places in the chain, in the order of their ids within a batch. An entry whose transaction
 * commits late comes with the batch after: what is in `audit_unsealed` and visible is sealed, nothing else, so none is
 * skipped whatever ids and commits do. One sealer works at a time; another one that comes meanwhile does nothing.
 * Returns how many were sealed.
 */
export async function sealEntries({ db, clock }: Pick<Ctx, "db" | "clock">): Promise<number> {
  // Plain statements: carrying a batch through models costs as much as hashing it.
  return db.transact(async (tx) => {
    if (!(await takeTheSeal(tx))) return 0;
    const entries = await takeUnsealed(tx);
    if (entries.length === 0) return 0;
    await insertLinks(tx, entries, clock.now());
    return entries.length;
  });
}

export function isBatchFull(sealed: number): boolean {
  return sealed === batchSize;
}

async function takeTheSeal(tx: SqlTransaction): Promise<boolean> {
  const rows = await tx.sql<{ taken: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtext('console.audit.seal')) AS taken",
  );
  return rows[0]?.taken === true;
}

/** `text`: what it says, as the chain encodes it. */
type UnsealedEntry = { id: string; text: string };

function takeUnsealed(tx: SqlTransaction): Promise<UnsealedEntry[]> {
  return tx.sql<UnsealedEntry>(
    `WITH taken AS (
       DELETE FROM audit_unsealed WHERE entry_id IN (
         SELECT entry_id FROM audit_unsealed ORDER BY entry_id LIMIT ${batchSize})
       RETURNING entry_id)
     SELECT e.id::text AS id, ${entryText} AS text
     FROM taken JOIN audit_entry e ON e.id = taken.entry_id CROSS JOIN ${entryWritten} ORDER BY e.id`,
    [],
    { timeoutMs: statementMs },
  );
}

async function insertLinks(tx: SqlTransaction, entries: readonly UnsealedEntry[], at: Date): Promise<void> {
  const [head] = await tx.sql<{ seq: string; hash: string }>(
    "SELECT seq::text AS seq, encode(hash, 'hex') AS hash FROM audit_link ORDER BY audit_link.seq DESC LIMIT 1",
  );
  const sealedAt = at.toISOString();
  let seq = BigInt(head?.seq ?? 0);
  let previous = head?.hash ?? noHash;
  const ids: string[] = [];
  const hashes: string[] = [previous];
  for (const entry of entries) {
    seq += 1n;
    previous = linkHash(previous, { seq: String(seq), sealedAt }, entry.text);
    ids.push(entry.id);
    hashes.push(previous);
  }
  await tx.sql(
    `INSERT INTO audit_link (seq, entry_id, previous, hash, sealed_at)
     SELECT $1::bigint + n, id::bigint, decode(previous, 'hex'), decode(hash, 'hex'), $5::timestamptz
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS link (id, previous, hash, n)`,
    [head?.seq ?? "0", ids, hashes.slice(0, -1), hashes.slice(1), sealedAt],
    { timeoutMs: statementMs },
  );
}
