import { parseAsString, parseAsStringLiteral } from "nuqs";
import { networkNames } from "../../../../server/kernel/networks.ts";

/** What the log is filtered by, and which entry is open; the time range is the page's own, as everywhere. */
export const auditParsers = {
  /** Anywhere in who, what, why and request id. */
  q: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  actor: parseAsString,
  request: parseAsString,
  net: parseAsStringLiteral(networkNames),
  /** The entry that is open beside the list. */
  entry: parseAsString,
};

export type AuditFilter = {
  q: string | null;
  action: string | null;
  subject: string | null;
  actor: string | null;
  request: string | null;
  net: (typeof networkNames)[number] | null;
};

export const entriesPerPage = 100;

type Range = { from: string; to: string };

export function toAuditInput(filter: AuditFilter, range: Range) {
  return { ...conditionsOf(filter, range), limit: entriesPerPage };
}

/** The same filter as an export is asked for it: only what is set. */
export function toAuditExport(filter: AuditFilter, range: Range): Record<string, string> {
  const set = Object.entries(conditionsOf(filter, range)).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return Object.fromEntries(set);
}

function conditionsOf({ q, action, subject, actor, request, net }: AuditFilter, { from, to }: Range) {
  return { text: q, action, subject, actorId: actor, requestId: request, network: net, from, to };
}
