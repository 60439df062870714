import { hash } from "node:crypto";

/** The place of an entry in the chain, and when it got it: RFC 3339, UTC, milliseconds. */
export type Place = { seq: string; sealedAt: string };

const version = "cere-audit-1";

/** Before the first link. */
export const noHash = "0".repeat(64);

/**
 * SHA-256 over version 1 of the encoding, as hex: `cere-audit-1`, the previous hash in hex, then every field as
 * `<length>:<text>`, length in UTF-8 bytes, or `-` for null; each of them followed by a line feed. The lengths make it
 * unambiguous: no other fields give the same bytes. `entry` is what the database gives for `entryText`.
 */
export function linkHash(previous: string, place: Place, entry: string): string {
  return hash("sha256", linkText(previous, place, entry), "hex");
}

/** What is hashed, for whoever wants to do it elsewhere. */
export function linkText(previous: string, { seq, sealedAt }: Place, entry: string): string {
  const place = `${seq.length}:${seq}\n${sealedAt.length}:${sealedAt}\n`;
  return `${version}\n${previous}\n${place}${entry}`;
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * What an entry says, in the encoding of the chain. The database writes it, which is a fraction of the cost of carrying
 * and encoding each field; who checks with other means finds the same in docs/audit.md. Its database is in UTF-8.
 */
export const entryText = `concat(${[
  field("e.id::text"),
  field("written.at"),
  field("e.actor_kind"),
  field("e.actor_id"),
  field("e.actor_name"),
  field("e.action"),
  field("e.subject"),
  fieldOrNull("e.network::text"),
  fieldOrNull("written.before"),
  fieldOrNull("written.after"),
  fieldOrNull("e.reason"),
  field("e.request_id"),
  fieldOrNull("e.address"),
].join(", ")})`;

/** Stands in FROM after `audit_entry e`: what is dear to write down is written once, not again for its length. */
export const entryWritten = `LATERAL (SELECT ${instant("e.at")} AS at, e.before::text AS before, e.after::text AS after
  OFFSET 0) AS written`;

/** The columns of `audit_link l`. */
export const linkFields = `l.seq::text AS seq, ${instant("l.sealed_at")} AS "sealedAt",
  encode(l.previous, 'hex') AS previous, encode(l.hash, 'hex') AS hash, l.entry_id::text AS "entryId"`;

function field(text: string): string {
  return `octet_length(${text}), ':', ${text}, E'\\n'`;
}

function fieldOrNull(text: string): string {
  return `coalesce(octet_length(${text}) || ':' || ${text}, '-'), E'\\n'`;
}
