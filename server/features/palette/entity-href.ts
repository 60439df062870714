import { networkById } from "../../kernel/networks.ts";
import type { FoundEntity } from "./store.ts";

/** Where an entity is shown, by the addresses of this console; an account is shown by what it has to do with. */
export function entityHref({
  kind,
  network,
  id,
  detail,
}: Pick<FoundEntity, "kind" | "network" | "id" | "detail">): string {
  const path = encodeURIComponent(id).replaceAll("%3A", ":").replaceAll("%40", "@");
  const home = network === 0 ? "" : `/${networkById(network).name}`;
  switch (kind) {
    case "node":
      return `${home}/nodes/${path}`;
    case "cluster":
      return `${home}/clusters/${path}`;
    case "bucket":
      return `${home}/data/buckets/${path}`;
    case "account":
      return detail.includes("provides nodes")
        ? `${home}/nodes?provider=${path}`
        : `${home}/data/buckets?owner=${path}`;
    case "person":
      return `/settings/people?q=${path}`;
    case "agent":
      return `/agents/${path}`;
    default:
      return home === "" ? "/" : home;
  }
}
