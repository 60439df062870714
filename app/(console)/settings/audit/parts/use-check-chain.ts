"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { notify } from "../../../../_ui/notify.ts";

/** Asks the console to walk along the whole chain; the result comes by itself when it has. */
export function useCheckChain() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.audit.check.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.audit.chain.queryKey() }),
      onError: (error) =>
        notify({ tone: "crit", title: "The chain is not checked.", detail: toShownError(error).message }),
    }),
  );
}
