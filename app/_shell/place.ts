import { isNetworkName, type NetworkName } from "../../server/kernel/networks.ts";

export const defaultNetwork: NetworkName = "mainnet";

/** The pages that belong to no network. */
export const settingsSection = "settings";

/** Where somebody is, read from the address. */
export type Place = { network: NetworkName; section: string; rest: readonly string[] };

export function placeOf(pathname: string): Place {
  const [first = "", section = "", ...rest] = pathname.split("/").slice(1).map(decodeURIComponent);
  return isNetworkName(first)
    ? { network: first, section, rest }
    : { network: defaultNetwork, section: first, rest: section === "" ? rest : [section, ...rest] };
}

const timeParams = ["from", "to", "asOf"];

/**
 * The same page on another network, with its filters. One node or cluster is not on the other network: there the link
 * leads to the list, and only the time range comes along.
 */
export function onNetwork(network: NetworkName, place: Place, search: URLSearchParams): string {
  if (place.section === settingsSection) return `/${network}`;
  const path = place.section === "" ? `/${network}` : `/${network}/${place.section}`;
  const kept = place.rest.length === 0 ? search : onlyTime(search);
  const text = kept.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Adds the page's time range to a link to another page. */
export function withTime(href: string, search: URLSearchParams): string {
  const text = onlyTime(search).toString();
  return text === "" ? href : `${href}?${text}`;
}

function onlyTime(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => timeParams.includes(name)));
}
