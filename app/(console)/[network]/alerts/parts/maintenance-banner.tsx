"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Banner } from "../../../../_ui/banner.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { useHydrated } from "../../../../_ui/use-hydrated.ts";

type MaintenanceBannerProps = {
  network: NetworkName;
  /** Only windows that hold alerts of this rule. */
  rule?: string;
};

/** What is worked on now, so that a short queue is not taken for good news. */
export function MaintenanceBanner({ network, rule }: MaintenanceBannerProps) {
  const { data } = useQuery(useTRPC().maintenance.running.queryOptions({ network }));
  const isHydrated = useHydrated();
  const running = (data ?? []).filter((window) => !rule || window.rule === null || window.rule === rule);
  const [first, ...more] = running;
  if (!isHydrated || !first) return null;
  const held = running.reduce((sum, { holds }) => sum + holds, 0);
  return (
    <Banner
      tone="info"
      title={`In maintenance: ${first.title}${more.length > 0 ? ` and ${more.length} more` : ""}.`}
      actions={<LinkButton href={`/${network}/alerts?tab=maintenance`}>Windows</LinkButton>}
    >
      {heldWords(held)}; it ends <Time at={first.current?.endsAt ?? first.closesAt} isQuiet />.
    </Banner>
  );
}

function heldWords(held: number): string {
  if (held === 0) return "It holds no alert now";
  return held === 1 ? "1 alert tells nobody until it is over" : `${held} alerts tell nobody until it is over`;
}
