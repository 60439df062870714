"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Freeze } from "../../../../../server/features/rollouts/freeze-schema.ts";
import { windowProblem } from "../../../../../server/kernel/time-window.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { draftOf, newDraft, type ReadDraft, readDraft } from "../../../../_shell/time-window/window-draft.ts";
import { WindowFields } from "../../../../_shell/time-window/window-fields.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { TextField } from "../../../../_ui/text-field.tsx";
import { useZone } from "../../../../_ui/zone.ts";
import type { Environment } from "../../[agentId]/parts/use-place-of-agent.ts";

type FreezeDialogProps = {
  environment: Environment;
  /** Null = a new one. */
  freeze: Freeze | null;
  onClose: () => void;
};

/** When nothing is rolled out, and why. */
export function FreezeDialog({ environment, freeze, onClose }: FreezeDialogProps) {
  const clock = useZone();
  const [now] = useState(() => new Date());
  const [time, setTime] = useState(() => (freeze ? draftOf(freeze.time, now, clock) : newDraft(now, clock)));
  const [reason, setReason] = useState(freeze?.reason ?? "");
  const [why, setWhy] = useState("");
  const read = readDraft(time, now, clock);
  const { mutate, isPending, error } = useSave({ environment, freeze, onClose });
  const unfit = read.kind === "window" ? windowProblem(read.window, now) : null;
  const unsaid = reason.trim() === "" || (freeze !== null && why.trim() === "") ? "Needs a reason" : null;
  const refused = read.kind === "problem" ? read.problem : (unfit ?? unsaid);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width={560}
      title={freeze ? `Change the freeze of ${environment}` : `New freeze of ${environment}`}
      description="Rollouts hold while it runs. Rolling back is always possible."
      onSubmit={() => refused === null && !isPending && mutate({ read, reason, why })}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" isBusy={isPending} refused={refused}>
            {freeze ? "Save" : `Freeze ${environment}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          maxLength={500}
          placeholder="Quarter end"
        />
        <WindowFields
          draft={time}
          read={read}
          onChange={(change) => setTime((before) => ({ ...before, ...change }))}
        />
        {unfit && <p className="t-warn">{unfit}</p>}
        {freeze && (
          <TextField
            label="Reason of the change"
            value={why}
            onChange={setWhy}
            maxLength={500}
            hint="Stands in the audit log."
          />
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

type Said = { read: ReadDraft; reason: string; why: string };

function useSave({ environment, freeze, onClose }: FreezeDialogProps) {
  const client = useTRPCClient();
  return useMutation({
    mutationFn: ({ read, reason, why }: Said) => {
      if (read.kind === "problem") throw new Error(read.problem);
      const asked = { environment, time: read.window, reason: reason.trim() };
      if (freeze === null) return client.rollouts.freeze.mutate(asked);
      const { id, revision } = freeze;
      return client.rollouts.changeFreeze.mutate({ ...asked, id, revision, why: why.trim() });
    },
    onSuccess: ({ state }) => {
      notify({
        tone: "ok",
        title: state === "running" ? `${environment} is frozen` : "The freeze begins by itself",
      });
      onClose();
    },
  });
}
