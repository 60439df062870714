import type { NetworkName } from "../../../../../server/kernel/networks.ts";

/** `root` = "<kind>:<key>". */
export function lineageHref(network: NetworkName, root: string): string {
  return `/${network}/data/lineage?${new URLSearchParams({ root })}`;
}
