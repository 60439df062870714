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
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const listAuditInput = z.object({
  /** Given: only what happened on this network. Needed by an auditor of one network. */
  network: z.enum(networkNames).nullish(),
  actorId: term(200).nullish(),
  /** Exact ("session.create"), or all of a kind ("session."). */
  action: term(100).nullish(),
  subject: term(300).nullish(),
  requestId: term(200).nullish(),
  /** RFC 3339 or relative ("now-3h"); without them: everything. */
  from: term(40).nullish(),
  to: term(40).nullish(),
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListAuditInput = z.output<typeof listAuditInput>;

export const auditPageSchema = z.object({ rows: z.array(auditEntrySchema), next: z.string().nullable() });
