import { createHash } from "node:crypto";

/** Everything that an entry says, as PostgreSQL writes it down: text, null where there is nothing. */
export type SealedFields = {
  /** The place in the chain, and when the entry got it. */
  seq: string;
  sealedAt: string;
  id: string;
  /** RFC 3339, UTC, milliseconds; so is `sealedAt`. */
  at: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  subject: string;
  network: string | null;
  /** jsonb as text: keys in PostgreSQL's order, one space after ":" and ",". */
  before: string | null;
  after: string | null;
  reason: string | null;
  requestId: string;
  address: string | null;
};

const version = "cere-audit-1";

/** What is hashed, in this order. A field more is another version. */
const order = [
  "seq",
  "sealedAt",
  "id",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "action",
  "subject",
  "network",
  "before",
  "after",
  "reason",
  "requestId",
  "address",
] as const satisfies readonly (keyof SealedFields)[];

/** Before the first link. */
export const noHash = "0".repeat(64);

/**
 * SHA-256 over version 1 of the encoding, as hex: `cere-audit-1`, the previous hash in hex, then every field as
 * `<length>:<text>`, length in UTF-8 bytes, or `-` for null; each of them followed by a line feed. The lengths make it
 * unambiguous: no other fields give the same bytes.
 */
export function linkHash(previous: string, fields: SealedFields): string {
  return createHash("sha256").update(encodeLink(previous, fields)).digest("hex");
}

export function encodeLink(previous: string, fields: SealedFields): string {
  let text = `${version}\n${previous}\n`;
  for (const name of order) {
    const value = fields[name];
    text += value === null ? "-\n" : `${Buffer.byteLength(value)}:${value}\n`;
  }
  return text;
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The columns of `audit_entry e` under the names of `SealedFields`. */
export const entryFields = `e.id::text AS id, ${instant("e.at")} AS at, e.actor_kind AS "actorKind",
  e.actor_id AS "actorId", e.actor_name AS "actorName", e.action, e.subject, e.network::text AS network,
  e.before::text AS before, e.after::text AS after, e.reason, e.request_id AS "requestId", e.address`;

/** The columns of `audit_link l`. */
export const linkFields = `l.seq::text AS seq, ${instant("l.sealed_at")} AS "sealedAt",
  encode(l.previous, 'hex') AS previous, encode(l.hash, 'hex') AS hash, l.entry_id::text AS "entryId"`;
