"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useLiveState } from "../../../../_client/live/live-provider.tsx";
import { useNow } from "../../../../_ui/now.tsx";

/** A server that sees it otherwise is asked this often at most. */
const askEveryMs = 2_000;

/**
 * Silence is news that no message brings: looks every second, and asks the server when a node has gone quiet. A page that
 * hears nothing itself does not take its own deafness for the silence of nodes.
 */
export function useAskWhenSilent(queryKey: QueryKey, hasFallenSilent: (at: Date) => boolean): void {
  const client = useQueryClient();
  const { kind } = useLiveState();
  const now = useNow();
  const askedAt = useRef(0);
  const look = useEffectEvent(() => {
    if (kind !== "live" || now - askedAt.current < askEveryMs || !hasFallenSilent(new Date(now))) return;
    askedAt.current = now;
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
  });
  useEffect(() => {
    if (now > 0) look();
  }, [now]);
}
