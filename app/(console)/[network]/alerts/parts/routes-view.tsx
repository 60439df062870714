"use client";

import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { ReceiversPanel } from "./receivers-panel.tsx";
import { RoutesPanel } from "./routes-panel.tsx";

/** Who hears of what, and who they are. */
export function RoutesView({ network }: { network: NetworkName }) {
  return (
    <Sheet>
      <RoutesPanel network={network} />
      <ReceiversPanel network={network} />
    </Sheet>
  );
}
