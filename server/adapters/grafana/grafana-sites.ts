import { type NetworkName, networkNames } from "../../kernel/networks.ts";
import type { GrafanaSite } from "../../ports/grafana.ts";

export type SiteOptions = {
  baseUrl: URL;
  publicHost: string | null;
  orgs: ReadonlyMap<NetworkName, number>;
};

/**
 * One host name an audience: cookies and storage of one never meet those of another, and whose data a request is about
 * stands in its Host header, where no script can change it. Scheme and port are the console's.
 */
export function grafanaSitesOf({ baseUrl, publicHost, orgs }: SiteOptions): GrafanaSite[] {
  if (publicHost === null) return [];
  return networkNames.flatMap((network) => {
    const orgId = orgs.get(network);
    if (orgId === undefined) return [];
    const hostname = `${network}.${publicHost}`;
    const port = baseUrl.port === "" ? "" : `:${baseUrl.port}`;
    return [{ network, hostname, orgId, origin: `${baseUrl.protocol}//${hostname}${port}` }];
  });
}
