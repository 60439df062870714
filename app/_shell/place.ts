import { isNetworkName, type NetworkName } from "../../server/kernel/networks.ts";

export const defaultNetwork: NetworkName = "mainnet";

/** Where somebody is, read from the address. Settings and the like belong to no network: then `isOnNetwork` is false. */
export type Place = { network: NetworkName; isOnNetwork: boolean; section: string; rest: readonly string[] };

/** Pages of their own in the navigation, although their address goes through another one. */
const nestedSections: readonly string[] = ["data/lineage", "data/access"];

/** `network` is what stands in the shell where the address names none: the one visited last. */
export function placeOf(pathname: string, network: NetworkName = defaultNetwork): Place {
  const [first = "", ...below] = pathname.split("/").slice(1).map(decoded);
  if (!isNetworkName(first)) return { network, isOnNetwork: false, section: first, rest: below };
  const depth = nestedSections.includes(below.slice(0, 2).join("/")) ? 2 : 1;
  const section = below.slice(0, depth).join("/");
  return { network: first, isOnNetwork: true, section, rest: below.slice(depth) };
}

/** An address that somebody typed may hold a "%" that encodes nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const timeParams = ["from", "to", "asOf"];

/**
 * The same page on another network, with its filters. One node or cluster is not on the other network: there the link
 * leads to the list, and only the time range comes along.
 */
export function onNetwork(network: NetworkName, place: Place, search: URLSearchParams): string {
  const section = place.isOnNetwork ? place.section : "";
  const isList = place.isOnNetwork && place.rest.length === 0;
  const path = section === "" ? `/${network}` : `/${network}/${section}`;
  return withQuery(path, isList ? search : onlyTime(search));
}

/** Adds the page's time range to a link to another page; the query of a saved view stays but for its time. */
export function withTime(href: string, search: URLSearchParams, viewQuery = ""): string {
  const query = new URLSearchParams(viewQuery);
  for (const [name, value] of onlyTime(search)) query.set(name, value);
  return withQuery(href, query);
}

function withQuery(path: string, search: URLSearchParams): string {
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

function onlyTime(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => timeParams.includes(name)));
}
