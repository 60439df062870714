"use client";

import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import { useSearchParams } from "next/navigation";
import { networkNames } from "../../server/kernel/networks.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { onNetwork } from "./place.ts";
import { usePlace } from "./use-place.ts";

const means = { mainnet: "production", testnet: "test", devnet: "development" };

/** Links, so that a network can be opened in a tab; the page and its filters come along. */
export function NetworkSwitch() {
  const place = usePlace();
  const search = useSearchParams();
  const items = [...networkNames].reverse().map(
    (network): MenuItem => ({
      kind: "link",
      label: network,
      href: onNetwork(network, place, search),
      isCurrent: network === place.network,
      end: means[network],
      content: (
        <span className="net-word" data-network={network}>
          {network}
        </span>
      ),
    }),
  );
  return (
    <Menu label="Network" items={items}>
      {(trigger) => (
        <button
          type="button"
          className="netswitch"
          data-network={place.network}
          aria-label={`Network: ${place.network}`}
          {...trigger}
        >
          {place.network}
          <Icon of={ChevronsUpDown} size={12} />
        </button>
      )}
    </Menu>
  );
}
