"use client";

import { useLiveState } from "../_client/live/live-provider.tsx";
import { Banner } from "../_ui/banner.tsx";
import { formatAge } from "../_ui/format/duration.ts";
import { useNow } from "../_ui/now.tsx";
import { useIsOnline } from "./use-is-online.ts";

/** A blink of the connection is not worth a line on every page. */
const saidAfterMs = 4_000;

/** Tells apart whose fault it is that nothing moves: this browser has no network, or the console's server is away. */
export function ConnectionNote() {
  const isOnline = useIsOnline();
  const live = useLiveState();
  const now = useNow();
  if (!isOnline)
    return (
      <Banner tone="warn" title="This browser is offline.">
        The page shows what it had last. It goes on by itself when the network is back.
      </Banner>
    );
  if (live.kind !== "reconnecting" || now - live.since < saidAfterMs) return null;
  return (
    <Banner tone="warn" title={`The console's server does not answer, for ${formatAge(now - live.since)}.`}>
      Your network is there. What is shown is the last that came; what was missed is loaded when it is back.
    </Banner>
  );
}
