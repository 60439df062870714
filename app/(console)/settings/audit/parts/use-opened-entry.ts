"use client";

import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "../../../../../server/features/audit/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";

type Opened = { id: string | null; network: NetworkName | null; listed: AuditEntry | undefined };

/** The entry that the address names: from the list if it is there, else asked for, so that a link always opens it. */
export function useOpenedEntry({ id, network, listed }: Opened) {
  const trpc = useTRPC();
  const isAsked = id !== null && listed === undefined && /^\d{1,18}$/.test(id);
  const asked = useQuery(trpc.audit.entry.queryOptions({ id: id ?? "0", network }, { enabled: isAsked }));
  return listed ?? (isAsked ? asked.data : undefined);
}
