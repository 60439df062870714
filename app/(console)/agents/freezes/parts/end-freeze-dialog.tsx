"use client";

import { useMutation } from "@tanstack/react-query";
import type { Freeze } from "../../../../../server/features/rollouts/freeze-schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";

/** What it held moves on at once, so it is asked why. */
export function EndFreezeDialog({ freeze, onClose }: { freeze: Freeze; onClose: () => void }) {
  const client = useTRPCClient();
  const { environment, id, reason } = freeze;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (why: string) => client.rollouts.endFreeze.mutate({ environment, id, why }),
    onSuccess: () => {
      notify({ tone: "ok", title: `The freeze of ${environment} has ended` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`End the freeze of ${environment}`}
      description={`“${reason}” ends for good, with the times that were to come. Rollouts that it holds move on.`}
      action="End the freeze"
      typedName={environment === "prod" ? environment : null}
      asksReason
      isBusy={isPending}
      error={error && toShownError(error)}
      onConfirm={({ reason: why }) => mutate(why)}
    />
  );
}
