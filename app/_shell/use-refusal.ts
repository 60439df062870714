"use client";

import { useQuery } from "@tanstack/react-query";
import { isAllowed } from "../../server/features/identity/rules.ts";
import type { NetworkName } from "../../server/kernel/networks.ts";
import type { Role } from "../../server/kernel/roles.ts";
import { useTRPC } from "../_client/trpc.tsx";

/** Why this person may not do what `needed` may do here; null = they may. The server decides in any case. */
export function useRefusal(needed: Role, network: NetworkName | null): string | null {
  const trpc = useTRPC();
  const { data: me } = useQuery(
    trpc.identity.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, refetchInterval: false }),
  );
  if (!me) return "Your roles are being read";
  const actor = {
    kind: "person",
    id: me.id,
    name: me.name,
    email: me.email,
    sessionId: "",
    grants: me.grants,
  } as const;
  return isAllowed(actor, needed, { network, environment: null })
    ? null
    : `Needs role ${needed}${network === null ? " everywhere" : ` on ${network}`}`;
}
