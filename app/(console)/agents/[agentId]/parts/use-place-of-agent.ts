"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { isAllowed } from "../../../../../server/features/identity/rules.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { environmentParsers, environments } from "./place-params.ts";

export type Environment = (typeof environments)[number];
export const environmentOptions = environments.map((value) => ({ value, label: value }));

/** Which environment the page is about; it stands in the address. */
export function useEnvironment() {
  return useQueryState("env", environmentParsers.env);
}

/** Why this person may not deploy there; null = they may. The server decides in any case. */
export function useDeployRefusal(environment: Environment): string | null {
  const trpc = useTRPC();
  const { data: me } = useQuery(
    trpc.identity.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, refetchInterval: false }),
  );
  if (!me) return "Your roles are being read";
  const { id, name, email, grants } = me;
  const actor = { kind: "person", id, name, email, sessionId: "", grants } as const;
  const scope = { network: null, environment };
  if (isAllowed(actor, "operator", scope)) return null;
  if (environment !== "prod" && isAllowed(actor, "developer", scope)) return null;
  return environment === "prod"
    ? "Needs role operator in prod"
    : `Needs role developer or operator in ${environment}`;
}
