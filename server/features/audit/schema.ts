import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";

/** A filter's text; PostgreSQL has no place for U+0000. */
const term = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);

export const auditEntrySchema = z.object({
  /** 64-bit, so a string. */
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  action: z.string(),
  subject: z.string(),
  network: z.enum(networkNames).nullable(),
  before: z.json(),
  after: z.json(),
  reason: z.string().nullable(),
  requestId: z.string(),
  address: z.string().nullable(),
  /** Its place in the chain; null until it is sealed, within a second or so. */
  link: z.object({ seq: z.string(), hash: z.string(), sealedAt: z.iso.datetime() }).nullable(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const listAuditInput = z.object({
  /** Given: only what happened on this network. Needed by an auditor of one network. */
  network: z.enum(networkNames).nullish(),
  actorId: term(200).nullish(),
  /** Exact ("session.create"), or all of a kind ("session."). */
  action: term(100).nullish(),
  subject: term(300).nullish(),
  /** Anywhere in who, what, why and request id. */
  text: term(200).nullish(),
  requestId: term(200).nullish(),
  /** RFC 3339 or relative ("now-3h"); without them: everything. */
  from: term(40).nullish(),
  to: term(40).nullish(),
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListAuditInput = z.output<typeof listAuditInput>;

export const countAuditInput = listAuditInput.omit({ cursor: true, limit: true });

export const auditEntryInput = z.object({
  id: z.string().regex(/^\d{1,18}$/),
  network: z.enum(networkNames).nullish(),
});

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

export const entryCheckSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unsealed") }),
  z.object({
    kind: z.literal("sealed"),
    seq: z.string(),
    /** As the chain keeps it, and as what the tables hold now gives it. */
    hash: hex64,
    computed: hex64,
    /** The link names the hash of the link before it. */
    follows: z.boolean(),
    /** What is hashed, in UTF-8 (docs/audit.md). */
    text: z.string(),
  }),
]);
export type EntryCheck = z.output<typeof entryCheckSchema>;

/** How many entries fit a filter: counted up to a bound, so that it costs the same on a log of years. */
export const auditCountSchema = z.object({ entries: z.int(), isMore: z.boolean() });
export type AuditCount = z.output<typeof auditCountSchema>;

export const chainVerdictSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sound"), links: z.int(), head: hex64.nullable(), unsealed: z.int() }),
  z.object({
    kind: z.literal("broken"),
    fault: z.enum(["changed", "removed", "reordered", "inserted", "rewritten", "tail"]),
    seq: z.string().nullable(),
    entryId: z.string().nullable(),
    detail: z.string(),
  }),
]);
export type ChainVerdict = z.output<typeof chainVerdictSchema>;

export const auditAnchorSchema = z.object({
  day: z.iso.date(),
  seq: z.string(),
  hash: hex64,
  at: z.iso.datetime(),
  /** Ed25519, base64; null when no key is configured. */
  publicKey: z.string().nullable(),
  signature: z.string().nullable(),
});
export type AuditAnchor = z.output<typeof auditAnchorSchema>;

export const chainStateSchema = z.object({
  head: z.object({ seq: z.string(), hash: hex64, sealedAt: z.iso.datetime() }).nullable(),
  /** Entries that wait for their place; the oldest tells how long. */
  unsealed: z.object({ entries: z.int(), oldestAt: z.iso.datetime().nullable() }),
  /** The last walk along the whole chain. */
  checked: z.object({ at: z.iso.datetime(), ms: z.int(), verdict: chainVerdictSchema }).nullable(),
  isChecking: z.boolean(),
  anchor: auditAnchorSchema.nullable(),
});
export type ChainState = z.output<typeof chainStateSchema>;

const moment = term(40).optional();

/** The filter of a list as a query string has it. */
export const exportAuditQuery = z.object({
  network: z.enum(networkNames).optional(),
  actorId: term(200).optional(),
  action: term(100).optional(),
  subject: term(300).optional(),
  text: term(200).optional(),
  requestId: term(200).optional(),
  from: moment,
  to: moment,
});

export const auditPageSchema = z.object({ rows: z.array(auditEntrySchema), next: z.string().nullable() });
