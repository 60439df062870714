"use client";

import { useState } from "react";
import type { Alert } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { notify } from "../../../../_ui/notify.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import type { ReviewTarget } from "./review-target.ts";
import { SilenceDialog, type SilenceTarget } from "./silence-dialog.tsx";
import { type Review, useReview } from "./use-review.ts";

export type ReviewActions = ReturnType<typeof useReviewActions>;

/** What can be done with alerts or groups of them, and the dialogs that it takes. */
export function useReviewActions(network: NetworkName, onDone: () => void) {
  const review = useReview(network);
  const [silenced, setSilenced] = useState<SilenceTarget | null>(null);
  const [assigned, setAssigned] = useState<readonly Alert[] | null>(null);
  const withAlerts = (target: ReviewTarget, act: (alerts: readonly Alert[]) => void) =>
    void target.load().then(
      (alerts) => alerts.length > 0 && act(alerts),
      (error: unknown) =>
        notify({ tone: "crit", title: "Nothing was done", detail: toShownError(error).message }),
    );
  return {
    refusal: review.refusal,
    run: (target: ReviewTarget, what: Review) =>
      withAlerts(target, (alerts) => {
        review.run(alerts, what);
        onDone();
      }),
    assign: (target: ReviewTarget) => withAlerts(target, setAssigned),
    silence: setSilenced,
    dialogs: (
      <>
        {assigned && (
          <AssignDialog
            network={network}
            alerts={assigned}
            onClose={() => setAssigned(null)}
            onDone={onDone}
          />
        )}
        {silenced && <SilenceDialog network={network} target={silenced} onClose={() => setSilenced(null)} />}
      </>
    ),
  };
}
