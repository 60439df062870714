"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import { useTRPC } from "../../_client/trpc.tsx";
import { Time } from "../../_ui/time.tsx";
import { useHydrated } from "../../_ui/use-hydrated.ts";

/** What is worked on now on the network, until when. */
export function MaintenanceItem({ network }: { network: NetworkName }) {
  const { data } = useQuery(useTRPC().maintenance.running.queryOptions({ network }));
  const isHydrated = useHydrated();
  const [first, ...more] = data ?? [];
  if (!isHydrated || !first) return null;
  const tip = data?.map(({ title, holds }) => `${title}, holds ${holds}`).join("\n");
  return (
    <span className="sb" data-tip={tip}>
      Maintenance <b>{first.title}</b>
      <span className="sb-wide">
        {more.length > 0 && `and ${more.length} more, `}ends{" "}
        <Time at={first.current?.endsAt ?? first.closesAt} isQuiet />
      </span>
    </span>
  );
}
