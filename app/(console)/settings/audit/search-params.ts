import { parseAsString, parseAsStringLiteral } from "nuqs";
import { networkNames } from "../../../../server/kernel/networks.ts";

/** What the log is filtered by, and which entry is open; the time range is the page's own, as everywhere. */
export const auditParsers = {
  action: parseAsString,
  subject: parseAsString,
  actor: parseAsString,
  request: parseAsString,
  net: parseAsStringLiteral(networkNames),
  /** The entry that is open beside the list. */
  entry: parseAsString,
};

export type AuditFilter = {
  action: string | null;
  subject: string | null;
  actor: string | null;
  request: string | null;
  net: (typeof networkNames)[number] | null;
};

export const entriesPerPage = 100;

export function toAuditInput(filter: AuditFilter, range: { from: string; to: string }) {
  return {
    action: filter.action,
    subject: filter.subject,
    actorId: filter.actor,
    requestId: filter.request,
    network: filter.net,
    from: range.from,
    to: range.to,
    limit: entriesPerPage,
  };
}
