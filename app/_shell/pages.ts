import Bell from "lucide-react/icons/bell";
import Boxes from "lucide-react/icons/boxes";
import ChartLine from "lucide-react/icons/chart-line";
import Database from "lucide-react/icons/database";
import KeyRound from "lucide-react/icons/key-round";
import LayoutGrid from "lucide-react/icons/layout-grid";
import Network from "lucide-react/icons/network";
import Package from "lucide-react/icons/package";
import Server from "lucide-react/icons/server";
import Settings from "lucide-react/icons/settings";
import type { NetworkName } from "../../server/kernel/networks.ts";
import type { IconType } from "../_ui/icon.tsx";
import { placeOf } from "./place.ts";

export type ConsolePage = {
  label: string;
  /** The address below the network, or of the console itself; "" is the network's own page. */
  section: string;
  /** After "g". */
  letter: string;
  icon: IconType;
  /** Where it stands in the navigation; `platform` and `console` pages belong to no network, the latter stand in the account menu. */
  group: "first" | "network" | "platform" | "console";
};

/** What there is to go to: navigation, palette, crumbs and shortcuts all read it. */
export const consolePages: readonly ConsolePage[] = [
  { label: "Overview", section: "", letter: "o", icon: LayoutGrid, group: "first" },
  { label: "Alerts", section: "alerts", letter: "a", icon: Bell, group: "first" },
  { label: "Nodes", section: "nodes", letter: "n", icon: Server, group: "network" },
  { label: "Clusters", section: "clusters", letter: "c", icon: Boxes, group: "network" },
  { label: "Data", section: "data", letter: "d", icon: Database, group: "network" },
  { label: "Lineage", section: "data/lineage", letter: "l", icon: Network, group: "network" },
  { label: "Access audit", section: "data/access", letter: "r", icon: KeyRound, group: "network" },
  { label: "Dashboards", section: "dashboards", letter: "b", icon: ChartLine, group: "network" },
  { label: "Agents", section: "agents", letter: "e", icon: Package, group: "platform" },
  { label: "Settings", section: "settings", letter: "s", icon: Settings, group: "console" },
];

/** As many as a phone has room for beside "More". */
const inThumbReach = ["Overview", "Alerts", "Nodes", "Data"];
export const pagesInThumbReach = consolePages.filter(({ label }) => inThumbReach.includes(label));
export const pagesBehindMore = consolePages.filter(
  (page) => page.group !== "console" && !pagesInThumbReach.includes(page),
);

export function pageHref(network: NetworkName, page: ConsolePage): string {
  if (!isOfNetwork(page)) return `/${page.section}`;
  return page.section === "" ? `/${network}` : `/${network}/${page.section}`;
}

function isOfNetwork({ group }: ConsolePage): boolean {
  return group === "first" || group === "network";
}

/** What may follow in the address of a page, where that is known. */
const below: Readonly<Record<string, RegExp>> = {
  nodes: /^(compare|0x[0-9a-f]{64})$/,
  clusters: /^0x[0-9a-f]{40}$/,
  data: /^(buckets\/\d+|cids\/[^/]+)$/,
  agents:
    /^(upload|freezes|[0-9a-f]{64}:[a-z0-9-]{1,63}(\/(versions(\/[a-z2-7]{59})?|deployments|rollouts|config|runs|replay))?)$/,
  settings: /^[a-z]+$/,
};

/** Does any page stand at this address? The server names addresses of pages that a console of this version may not have. */
export function hasPage(href: string): boolean {
  const { isOnNetwork, section, rest } = placeOf(href.split(/[?#]/)[0] ?? "");
  if (!isOnNetwork && section === "docs") return true;
  const page = consolePages.find((known) => known.section === section && isOfNetwork(known) === isOnNetwork);
  if (!page) return false;
  const tail = rest.filter((part) => part !== "").join("/");
  return tail === "" || (below[section]?.test(tail) ?? true);
}
