"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../server/kernel/networks.ts";
import { useTRPC } from "../_client/trpc.tsx";
import { formatNumber } from "../_ui/format/number.ts";
import { useHydrated } from "../_ui/use-hydrated.ts";

/** What waits in the queue of a network, beside the page's name; live by the notices of the network. */
export function AlertCount({ network }: { network: NetworkName }) {
  const { data } = useQuery(useTRPC().alerts.counts.queryOptions({ network }));
  const isHydrated = useHydrated();
  if (!isHydrated || !data || data.queue === 0) return null;
  return (
    <span className={data.bySeverity.critical > 0 ? "nav-n t-crit" : "nav-n"}>
      {formatNumber(data.queue)}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
