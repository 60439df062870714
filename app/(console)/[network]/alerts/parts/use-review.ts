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
  | { kind: "assign"; owner: { id: string; name: string } | null }
  | { kind: "release" }
  | { kind: "snooze"; forMs: number };

function wordsOf(review: Review): string {
  switch (review.kind) {
    case "acknowledge":
      return "acknowledged";
    case "assign":
      return review.owner ? `assigned to ${review.owner.name}` : "taken from its owner";
    case "release":
      return "back in the queue";
    case "snooze":
      return "snoozed";
  }
}

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
      case "assign":
        return client.alerts.assign.mutate({ network, ids, ownerId: review.owner?.id ?? null });
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
      const notification = outcomeNotification({ alerts, outcomes, word: wordsOf(review) });
      const back = wayBack(review, done);
      const undo = () => back && mutate({ alerts: done, review: back });
      notify(back ? { ...notification, action: { label: "Undo", run: undo } } : notification);
    },
    onError: (error, { review }) =>
      notify({ tone: "crit", title: `Not ${wordsOf(review)}`, detail: toShownError(error).message }),
  });
  return {
    refusal,
    isBusy: isPending,
    run: (alerts: readonly Alert[], review: Review) => {
      if (refusal === null && alerts.length > 0) mutate({ alerts, review });
    },
  };
}

/** What undoes it; null = nothing does. Several that had different owners have no one way back. */
function wayBack(review: Review, done: readonly Alert[]): Review | null {
  const [first] = done;
  if (!first || review.kind === "release") return null;
  if (review.kind !== "assign") return { kind: "release" };
  if (done.some(({ ownerId }) => ownerId !== first.ownerId)) return null;
  const { ownerId: id, owner: name } = first;
  return { kind: "assign", owner: id === null || name === null ? null : { id, name } };
}
