import Boxes from "lucide-react/icons/boxes";
import LayoutGrid from "lucide-react/icons/layout-grid";
import Server from "lucide-react/icons/server";
import type { NetworkName } from "../../server/kernel/networks.ts";
import type { IconType } from "../_ui/icon.tsx";

export type ConsolePage = {
  label: string;
  /** The address below the network; "" is the network's own page. */
  section: string;
  /** After "g". */
  letter: string;
  icon: IconType;
  /** On its own, or under the network's name. */
  group: "first" | "network";
};

/** What there is to go to: navigation, palette and shortcuts all read it. */
export const consolePages: readonly ConsolePage[] = [
  { label: "Overview", section: "", letter: "o", icon: LayoutGrid, group: "first" },
  { label: "Nodes", section: "nodes", letter: "n", icon: Server, group: "network" },
  { label: "Clusters", section: "clusters", letter: "c", icon: Boxes, group: "network" },
];

export function pageHref(network: NetworkName, page: ConsolePage): string {
  return page.section === "" ? `/${network}` : `/${network}/${page.section}`;
}
