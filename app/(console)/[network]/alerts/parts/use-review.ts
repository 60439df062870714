"use client";

import { useMutation } from "@tanstack/react-query";
import type { Alert, Outcome } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { notify } from "../../../../_ui/notify.ts";
import { outcomeNotification } from "./outcome-notification.ts";

export type Review =
  | { kind: "acknowledge"; comment?: string }
  | { kind: "release" }
  | { kind: "snooze"; forMs: number };

const words: Record<Review["kind"], string> = {
  acknowledge: "acknowledged",
  release: "back in the queue",
  snooze: "snoozed",
};

/** What an operator does with alerts, one or many; says what came of it, each failure by name, and offers the way back. */
export function useReview(network: NetworkName) {
  const client = useTRPCClient();
  const refusal = useRefusal("operator", network);
  const ask = ({ alerts, review }: { alerts: readonly Alert[]; review: Review }): Promise<Outcome[]> => {
    const ids = alerts.map(({ id }) => id);
    switch (review.kind) {
      case "acknowledge":
        return client.alerts.acknowledge.mutate({
          network,
          ids,
          ...(review.comment && { comment: review.comment }),
        });
      case "release":
        return client.alerts.release.mutate({ network, ids });
      case "snooze":
        return client.alerts.snooze.mutate({ network, ids, forMs: review.forMs });
    }
  };
  const { mutate, isPending } = useMutation({
    mutationFn: ask,
    onSuccess: (outcomes, { alerts, review }) => {
      const done = alerts.filter(({ id }) =>
        outcomes.some((outcome) => outcome.id === id && outcome.kind === "done"),
      );
      const undo = () => mutate({ alerts: done, review: { kind: "release" } });
      const notification = outcomeNotification({ alerts, outcomes, word: words[review.kind] });
      const hasWayBack = review.kind !== "release" && done.length > 0;
      notify(hasWayBack ? { ...notification, action: { label: "Undo", run: undo } } : notification);
    },
    onError: (error, { review }) =>
      notify({ tone: "crit", title: `Not ${words[review.kind]}`, detail: toShownError(error).message }),
  });
  return {
    refusal,
    isBusy: isPending,
    run: (alerts: readonly Alert[], review: Review) => {
      if (refusal === null && alerts.length > 0) mutate({ alerts, review });
    },
  };
}
