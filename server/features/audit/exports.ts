import { pageBatches } from "../exports/page-batches.ts";
import { defineExport } from "../exports/source.ts";
import { listAudit } from "./list-audit.ts";
import { type AuditEntry, exportAuditQuery } from "./schema.ts";

const columns = {
  seq: (entry: AuditEntry) => entry.link?.seq ?? null,
  id: (entry: AuditEntry) => entry.id,
  at: (entry: AuditEntry) => entry.at,
  actor_kind: (entry: AuditEntry) => entry.actor.kind,
  actor_id: (entry: AuditEntry) => entry.actor.id,
  actor_name: (entry: AuditEntry) => entry.actor.name,
  action: (entry: AuditEntry) => entry.action,
  subject: (entry: AuditEntry) => entry.subject,
  network: (entry: AuditEntry) => entry.network,
  before: (entry: AuditEntry) => entry.before,
  after: (entry: AuditEntry) => entry.after,
  reason: (entry: AuditEntry) => entry.reason,
  request_id: (entry: AuditEntry) => entry.requestId,
  address: (entry: AuditEntry) => entry.address,
  sealed_at: (entry: AuditEntry) => entry.link?.sealedAt ?? null,
  hash: (entry: AuditEntry) => entry.link?.hash ?? null,
};

export const auditExport = defineExport({
  name: "audit",
  about: "Entries of the audit log with their links, newest first",
  role: "auditor",
  query: exportAuditQuery,
  open: async (ctx, query) => {
    const read = (cursor: string | null) => listAudit(ctx, { ...query, cursor, limit: 500 });
    const first = await read(null);
    return {
      fileName: query.network ? `audit-${query.network}` : "audit",
      title: query.network ? `Audit log of ${query.network}` : "Audit log",
      columns: Object.keys(columns),
      total: null,
      batches: pageBatches(
        async (cursor) => (cursor === null ? first : read(cursor)),
        (entry) => Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(entry)])),
      ),
    };
  },
});
