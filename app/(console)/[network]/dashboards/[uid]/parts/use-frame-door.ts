import { useQuery } from "@tanstack/react-query";
import type { DashboardList } from "../../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPCClient } from "../../../../../_client/trpc.tsx";

/** Where Grafana's frames are, once this browser has been let in; `own` = the console draws the panels. */
export type FrameDoor = { kind: "own" } | { kind: "opening" } | { kind: "open"; origin: string };

type Client = ReturnType<typeof useTRPCClient>;

/** Within this time either Grafana's page has begun to come, or the console's own charts are there until it does. */
export const frameLimitMs = 1_500;
const doorLimitMs = 10_000;
const againMs = 30_000;

/** Brings a ticket to Grafana's host, which answers with a cookie that its frames use. All frames of a page share it. */
export function useFrameDoor(network: NetworkName, list: DashboardList | undefined): FrameDoor {
  const client = useTRPCClient();
  const isAsked = list?.hasFrame === true && list.grafana.kind === "up";
  const door = useQuery({
    queryKey: ["grafana door", network],
    queryFn: ({ signal }) => openDoor(client, { network, signal }),
    enabled: isAsked,
    retry: false,
    refetchInterval: (query) => (query.state.status === "error" ? againMs : false),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!isAsked || door.isError || door.data === null) return { kind: "own" };
  return door.data === undefined ? { kind: "opening" } : { kind: "open", origin: door.data };
}

type Asked = { network: NetworkName; signal: AbortSignal };

/** The origin of the frames; null where this page may not show them. */
async function openDoor(client: Client, { network, signal }: Asked): Promise<string | null> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(doorLimitMs)]);
  const frame = await client.dashboards.frame.query({ network }, { signal: inTime });
  // Under another address than BASE_URL the browser would refuse the frame.
  if (frame.kind === "own" || frame.home !== window.location.origin) return null;
  const answer = await fetch(`${frame.origin}/-/enter`, {
    method: "POST",
    body: frame.ticket,
    credentials: "include",
    signal: inTime,
  });
  return answer.ok ? frame.origin : null;
}
