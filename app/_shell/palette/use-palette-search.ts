"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { findSecret, withoutCredentials } from "../../../server/features/palette/secret-rules.ts";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useTRPC } from "../../_client/trpc.tsx";

/** What the server reads at most; a paste may be longer, but its id stands in front. */
const longestText = 2_000;

/**
 * Asks what a typed or pasted text is; the answer before stays on the screen until the next one is there. A question
 * travels in an address, which proxies and logs keep, so a secret is stopped here and nothing is asked.
 */
export function usePaletteSearch(network: NetworkName, typed: string) {
  const text = useDeferredValue(toQuestion(typed));
  const secret = findSecret(typed);
  const trpc = useTRPC();
  const search = useQuery(
    trpc.palette.search.queryOptions(
      { network, text },
      {
        enabled: text !== "" && findSecret(text) === null,
        placeholderData: keepPreviousData,
        refetchInterval: false,
        staleTime: 10_000,
      },
    ),
  );
  return { search, secret };
}

function toQuestion(typed: string): string {
  return withoutCredentials(withoutOwnHost(typed.trim())).slice(0, longestText);
}

/** Addresses of this console are known by their path, whatever host it is served from. */
function withoutOwnHost(text: string): string {
  return text.replaceAll(`${window.location.origin}/`, "/");
}
