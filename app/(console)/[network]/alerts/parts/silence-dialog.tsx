"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertSubject } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { Skeleton } from "../../../../_ui/skeleton.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { MatchPreview } from "./match-preview.tsx";
import { silenceEnds } from "./silence-ends.ts";

const scopes = [
  { value: "both", label: "This alert" },
  { value: "subject", label: "All of this subject" },
  { value: "rule", label: "This rule everywhere" },
] as const;
type Scope = (typeof scopes)[number]["value"];

/** What is silenced: one alert has a rule and a subject, a group of alerts one of them. */
export type SilenceTarget = {
  title: string;
  rule?: string;
  subject?: Pick<AlertSubject, "kind" | "id">;
};

type SilenceDialogProps = { network: NetworkName; target: SilenceTarget; onClose: () => void };

/** What it would hide is shown before it is made; it always has an end and a reason. */
export function SilenceDialog({ network, target, onClose }: SilenceDialogProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [scope, setScope] = useState<Scope>("both");
  const [end, setEnd] = useState<(typeof silenceEnds)[number]["value"]>("4h");
  const [reason, setReason] = useState("");
  const matcher = matcherOf(network, target, scope);
  const preview = useQuery(trpc.alerts.previewSilence.queryOptions(matcher));
  const forMs = silenceEnds.find(({ value }) => value === end)?.forMs ?? 0;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.alerts.silence.mutate({ ...matcher, forMs, reason: reason.trim() }),
    onSuccess: (silence) => {
      notify({
        tone: "ok",
        title: `Silenced, ${silence.hides} hidden`,
        detail: `Ends by itself: ${silence.endsAt}`,
      });
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Silence ${target.title}`}
      description="What it fits is hidden, now and as it opens, until the end. It is evaluated all the same."
      onSubmit={() => reason.trim() !== "" && !isPending && mutate()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            kind="primary"
            isBusy={isPending}
            refused={reason.trim() === "" ? "Needs a reason" : null}
          >
            Silence
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {target.rule !== undefined && target.subject !== undefined && (
          <Segmented label="What it hides" options={scopes} value={scope} onChange={setScope} />
        )}
        <Segmented label="How long" options={silenceEnds} value={end} onChange={setEnd} />
        <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
        {preview.data ? (
          <div className="sec text-12">
            <MatchPreview preview={preview.data} verb="Hides" />
          </div>
        ) : (
          <Skeleton width="60%" />
        )}
        {error && (
          <p className="t-crit" role="alert">
            {toShownError(error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function matcherOf(network: NetworkName, { rule, subject }: SilenceTarget, scope: Scope) {
  return {
    network,
    ...(rule !== undefined && scope !== "subject" && { rule }),
    ...(subject !== undefined && scope !== "rule" && { subject: { kind: subject.kind, id: subject.id } }),
  };
}
