import type { Ctx } from "../../ports/ctx.ts";
import type { AnchorKey } from "./anchor-key.ts";
import type { AuditAnchor } from "./schema.ts";

/** What the signature of an anchor is over. */
export function anchorText({ day, seq, hash, at }: Omit<AuditAnchor, "publicKey" | "signature">): string {
  return `cere-audit-anchor-1\n${day}\n${seq}\n${hash}\n${at}\n`;
}

/** Writes down the head of the chain, once a UTC day; two that try at once write it once. False: it is there already. */
export async function anchorChain(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  key: AnchorKey | null,
): Promise<boolean> {
  const at = clock.now().toISOString();
  const day = at.slice(0, 10);
  const [head] = await db.sql<{ seq: string; hash: string }>(
    `SELECT seq::text AS seq, encode(hash, 'hex') AS hash FROM audit_link
     WHERE NOT EXISTS (SELECT FROM audit_anchor WHERE day = $1::date) ORDER BY audit_link.seq DESC LIMIT 1`,
    [day],
  );
  if (!head) return false;
  const signature = key?.sign(anchorText({ day, at, ...head })) ?? null;
  const written = await db.sql(
    `INSERT INTO audit_anchor (day, seq, hash, at, public_key, signature)
     VALUES ($1::date, $2, decode($3, 'hex'), $4, $5, $6) ON CONFLICT (day) DO NOTHING RETURNING day`,
    [day, head.seq, head.hash, at, key?.publicKey ?? null, signature],
  );
  return written.length > 0;
}

/** Newest first; a month of them. */
export function listAnchors({ db }: Pick<Ctx, "db">, limit = 31): Promise<AuditAnchor[]> {
  return db.sql<AuditAnchor>(
    `SELECT day::text AS day, seq::text AS seq, encode(hash, 'hex') AS hash,
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, public_key AS "publicKey", signature
     FROM audit_anchor ORDER BY audit_anchor.day DESC LIMIT $1`,
    [limit],
  );
}
