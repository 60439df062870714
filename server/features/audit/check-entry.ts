import type { z } from "zod";
import type { Ctx } from "../../ports/ctx.ts";
import { entryText, entryWritten, linkFields, linkHash, linkText, noHash } from "./link-hash.ts";
import { getAuditEntry } from "./list-audit.ts";
import type { auditEntryInput, EntryCheck } from "./schema.ts";

type LinkRow = {
  seq: string;
  sealedAt: string;
  previous: string;
  hash: string;
  entry: string;
  /** Of the link before; null = there is none. */
  hashBefore: string | null;
};

/**
 * Makes the hash of one entry anew from what the tables hold now. The bytes that were hashed come along, so that whoever
 * asks can hash them too and need not believe the answer. Links elsewhere in the chain are not looked at.
 */
export async function checkEntry(
  ctx: Pick<Ctx, "db">,
  input: z.output<typeof auditEntryInput>,
): Promise<EntryCheck> {
  const { id } = await getAuditEntry(ctx, input);
  const [link] = await ctx.db.sql<LinkRow>(
    `SELECT ${linkFields}, entry.text AS entry, encode(prior.hash, 'hex') AS "hashBefore"
     FROM audit_link l
     CROSS JOIN LATERAL (SELECT ${entryText} AS text FROM audit_entry e CROSS JOIN ${entryWritten} WHERE e.id = l.entry_id) AS entry
     LEFT JOIN audit_link prior ON prior.seq = l.seq - 1
     WHERE l.entry_id = $1`,
    [id],
  );
  if (!link) return { kind: "unsealed" };
  const { seq, previous, hash, entry } = link;
  const before = seq === "1" ? noHash : link.hashBefore;
  return {
    kind: "sealed",
    seq,
    hash,
    computed: linkHash(previous, link, entry),
    follows: previous === before,
    text: linkText(previous, link, entry),
  };
}
