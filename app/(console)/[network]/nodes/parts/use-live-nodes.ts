"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { roomName } from "../../../../../server/live/topics.ts";
import { useLiveRoom } from "../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../_client/trpc.tsx";
import type { NodeListInput } from "../search-params.ts";
import { hasAnyFallenSilent, withPoints, withStatusAt } from "./live-nodes.ts";
import { useAskWhenSilent } from "./use-ask-when-silent.ts";

/** Puts the second-by-second points of a network into the list that the page shows. */
export function useLiveNodes(network: NetworkName, input: NodeListInput): void {
  const trpc = useTRPC();
  const client = useQueryClient();
  const queryKey = trpc.nodes.list.queryKey(input);
  useLiveRoom(roomName({ kind: "network", network }), ({ at, nodes }) =>
    client.setQueryData(queryKey, (page) => page && withStatusAt(withPoints(page, nodes), new Date(at))),
  );
  useAskWhenSilent(queryKey, (at) => {
    const page = client.getQueryData(queryKey);
    return page !== undefined && hasAnyFallenSilent(page, at);
  });
}
