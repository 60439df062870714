"use client";

import { useMutation } from "@tanstack/react-query";
import type { Route } from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { notify } from "../../../../_ui/notify.ts";

type TestButtonProps = { network: NetworkName; route: Route; refusal: string | null };

/** Says what the receiver answered. */
export function TestButton({ network, route, refusal }: TestButtonProps) {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.notify.testRoute.mutate({ network, id: route.id }),
    onSuccess: ({ state, receiver, answer }) =>
      notify(
        state === "delivered"
          ? { tone: "ok", title: `${receiver} took the test`, detail: answer ?? "" }
          : { tone: "crit", title: `${receiver} did not take the test`, detail: answer ?? "" },
      ),
    onError: (error) => notify({ tone: "crit", title: "Not sent", detail: toShownError(error).message }),
  });
  return (
    <Button
      size="small"
      refused={refusal}
      isBusy={isPending}
      onClick={() => mutate()}
      aria-label={`Test ${route.name}`}
    >
      Test
    </Button>
  );
}
