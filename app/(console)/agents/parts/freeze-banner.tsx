"use client";

import { useQuery } from "@tanstack/react-query";
import type { Environment } from "../../../../server/features/deployments/schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { LinkButton } from "../../../_ui/link-button.tsx";
import { Time } from "../../../_ui/time.tsx";

/** What holds rollouts of an environment now, or will within a day. */
export function FreezeBanner({ environment }: { environment: Environment }) {
  const { data } = useQuery(useTRPC().rollouts.freezesInForce.queryOptions({ environment }));
  const actions = <LinkButton href={`/agents/freezes?env=${environment}`}>Freezes</LinkButton>;
  const [freeze] = data?.running ?? [];
  if (freeze)
    return (
      <Banner tone="warn" title={`${environment} is frozen.`} actions={actions}>
        {freeze.reason}, by {freeze.madeBy}. Rollouts hold until it ends{" "}
        <Time at={freeze.current?.endsAt ?? freeze.closesAt} isQuiet />; rolling back is possible.
      </Banner>
    );
  const next = data?.upcoming;
  if (!next?.next) return null;
  return (
    <Banner tone="info" title={`${environment} will be frozen.`} actions={actions}>
      {next.reason}, by {next.madeBy}. It begins <Time at={next.next.startsAt} isQuiet />.
    </Banner>
  );
}
