"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useTRPC } from "../../_client/trpc.tsx";
import { correctClock } from "../../_ui/now.tsx";

/** Notices refresh this too; but a source that falls silent sends none, so this one small query also asks by itself. */
const askEveryMs = 5_000;

/** How the console and what feeds it are, on one network. Its moment also sets the clock that ages are counted on. */
export function useSystemStatus(network: NetworkName) {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.status.queryOptions({ network }, { refetchInterval: askEveryMs }));
  const { data, dataUpdatedAt } = query;
  useEffect(() => {
    if (data) correctClock(Date.parse(data.at), dataUpdatedAt);
  }, [data, dataUpdatedAt]);
  return query;
}
