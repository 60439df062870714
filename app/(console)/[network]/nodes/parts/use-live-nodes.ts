"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { LivePoint } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { roomName } from "../../../../../server/live/topics.ts";
import { useLiveRoom, useLiveState } from "../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useNow } from "../../../../_ui/now.tsx";
import type { NodeListInput } from "../search-params.ts";
import { hasFallenSilent, withPoints, withStatusAt } from "./live-nodes.ts";

/** A server whose clock or verdict differs is asked this often at most. */
const askEveryMs = 2_000;

/** Puts the second-by-second points of a network into the list that the page shows. */
export function useLiveNodes(network: NetworkName, input: NodeListInput): { isPaused: boolean } {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { kind } = useLiveState();
  const now = useNow();
  const askedAt = useRef(0);
  const queryKey = trpc.nodes.list.queryKey(input);

  const put = (at: Date, points: readonly LivePoint[]) => {
    const page = client.setQueryData(queryKey, (old) => old && withStatusAt(withPoints(old, points), at));
    if (!page || !hasFallenSilent(page, at) || at.getTime() - askedAt.current < askEveryMs) return;
    askedAt.current = at.getTime();
    void client.invalidateQueries({ queryKey });
  };
  useLiveRoom(roomName({ kind: "network", network }), ({ at, nodes }) => put(new Date(at), nodes));

  // A page that hears nothing must not take its own deafness for the silence of nodes.
  const tick = useEffectEvent(() => kind === "live" && put(new Date(now), []));
  useEffect(() => {
    if (now > 0) tick();
  }, [now]);
  return { isPaused: kind === "paused" };
}
