"use client";

import { useMutation } from "@tanstack/react-query";
import type { NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { notify } from "../../../../_ui/notify.ts";
import { type ProbeOutcome, probeNotification } from "./probe-notification.ts";

type ProbedNode = Pick<NodeRow, "key" | "name">;

/** Asks nodes for /info now and says what came of it, each failure by name. */
export function useProbe(network: NetworkName) {
  const client = useTRPCClient();
  const refusal = useRefusal("operator", network);
  const ask = async ({ key, name }: ProbedNode): Promise<ProbeOutcome> => {
    try {
      return { name, entry: await client.probes.probe.mutate({ network, key }) };
    } catch (error) {
      return { name, refused: toShownError(error).message };
    }
  };
  const { mutate, isPending } = useMutation({
    mutationFn: (nodes: readonly ProbedNode[]) => Promise.all(nodes.map(ask)),
    onSuccess: (outcomes) => notify(probeNotification(outcomes)),
  });
  return { refusal, isBusy: isPending, run: (nodes: readonly ProbedNode[]) => mutate(nodes) };
}
