import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../../_client/trpc.tsx";

/** Asks again for routes, receivers and messages, after the person at this page changed one of them. */
export function useRefreshNotify(): () => Promise<void> {
  const trpc = useTRPC();
  const client = useQueryClient();
  return () => client.invalidateQueries(trpc.notify.pathFilter());
}
