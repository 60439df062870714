"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useTRPC } from "../../_client/trpc.tsx";
import { correctClock } from "../../_ui/now.tsx";

/** How the console and what feeds it are, on one network. Its moment also sets the clock that ages are counted on. */
export function useSystemStatus(network: NetworkName) {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.status.queryOptions({ network }, { refetchInterval: 10_000 }));
  const { data, dataUpdatedAt } = query;
  useEffect(() => {
    if (data) correctClock(Date.parse(data.at), dataUpdatedAt);
  }, [data, dataUpdatedAt]);
  return query;
}
