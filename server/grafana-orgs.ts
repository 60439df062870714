import { z } from "zod";
import { isNetworkName, type NetworkName } from "./kernel/networks.ts";

/** `mainnet:1,testnet:2`: which organisation of Grafana shows which network. */
export const grafanaOrgsSchema = z.string().transform((text, ctx): ReadonlyMap<NetworkName, number> => {
  const orgs = new Map<NetworkName, number>();
  for (const pair of text.split(",").map((part) => part.trim())) {
    const [, network = "", id = ""] = /^([a-z]+):([1-9]\d{0,8})$/.exec(pair) ?? [];
    const orgId = Number(id);
    if (!isNetworkName(network)) ctx.addIssue("must be network:id pairs with commas between");
    else if (orgs.has(network) || [...orgs.values()].includes(orgId))
      ctx.addIssue("must give each network an organisation of its own");
    else orgs.set(network, orgId);
  }
  return orgs;
});
