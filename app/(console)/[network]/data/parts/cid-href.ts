import type { NetworkName } from "../../../../../server/kernel/networks.ts";

/** The page of a CID, as it is in a bucket where one is known. */
export function cidHref(network: NetworkName, cid: string, bucket: string | null): string {
  return `/${network}/data/cids/${cid}${bucket === null ? "" : `?bucket=${bucket}`}`;
}
