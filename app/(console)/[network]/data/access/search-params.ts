import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs";
import { accessTabs } from "../../../../../server/features/access/access-rules.ts";
import { operations, statuses } from "../../../../../server/kernel/cells.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";

export const filterParsers = {
  tab: parseAsStringLiteral(accessTabs).withDefault("all"),
  bucket: parseAsString,
  cid: parseAsString,
  account: parseAsString,
  node: parseAsString,
  operation: parseAsArrayOf(parseAsStringLiteral(operations)).withDefault([]),
  status: parseAsArrayOf(parseAsStringLiteral(statuses)).withDefault([]),
};
export const accessParsers = {
  ...filterParsers,
  /** "<topic>/<partition>@<offset>": the record beside the list. */
  record: parseAsString,
};
export type AccessParams = inferParserType<typeof filterParsers>;
export type AccessChange = Partial<{ [Name in keyof AccessParams]: AccessParams[Name] | null }>;
export const noFilter: AccessChange = {
  tab: null,
  bucket: null,
  cid: null,
  account: null,
  node: null,
  operation: null,
  status: null,
};

export function toAccessInput(
  network: NetworkName,
  params: AccessParams,
  range: { from: string; to: string },
) {
  const { tab, bucket, cid, account, node, operation, status } = params;
  return {
    network,
    ...range,
    tab,
    ...(bucket && { bucket }),
    ...(cid && { cid }),
    ...(account && { account }),
    ...(node && { node }),
    ...(operation.length > 0 && { operation }),
    ...(status.length > 0 && { status }),
  };
}
export type AccessInput = ReturnType<typeof toAccessInput>;

/** The same filter as an export is asked for it. */
export function exportQuery(input: AccessInput): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
}
