"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useTRPC } from "../../_client/trpc.tsx";

/** Asks what a typed or pasted text is; the answer before stays on the screen until the next one is there. */
export function usePaletteSearch(network: NetworkName, typed: string) {
  const text = useDeferredValue(typed.trim());
  const trpc = useTRPC();
  return useQuery(
    trpc.palette.search.queryOptions(
      { network, text },
      { enabled: text !== "", placeholderData: keepPreviousData, refetchInterval: false, staleTime: 10_000 },
    ),
  );
}
