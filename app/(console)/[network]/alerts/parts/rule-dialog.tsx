"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type {
  Rule,
  RuleChanges,
  RuleRevision,
  Severity,
} from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Checkbox } from "../../../../_ui/checkbox.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { severityLooks } from "./alert-looks.ts";

const severities = (["info", "warning", "critical"] as const satisfies readonly Severity[]).map((value) => ({
  value,
  label: severityLooks[value].word,
}));

/** Limit, duration, severity and whether it is on; every earlier revision can be written again. */
export function RuleDialog({
  network,
  rule,
  onClose,
}: {
  network: NetworkName;
  rule: Rule;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [limit, setLimit] = useState(String(rule.limit));
  const [seconds, setSeconds] = useState(String(rule.forMs / 1_000));
  const [severity, setSeverity] = useState(rule.severity);
  const [isEnabled, setEnabled] = useState(rule.isEnabled);
  const [reason, setReason] = useState("");
  const revisions = useQuery(trpc.alerts.revisions.queryOptions({ network, id: rule.id }));
  const { mutate, isPending, error } = useMutation({
    mutationFn: (changes: RuleChanges) =>
      client.alerts.updateRule.mutate({
        network,
        id: rule.id,
        revision: rule.revision,
        changes,
        reason: reason.trim(),
      }),
    onSuccess: (changed) => {
      notify({
        tone: "ok",
        title: `${changed.title}: revision ${changed.revision} counts from the next round on`,
      });
      onClose();
    },
  });
  const problem = problemOf({ limit, seconds, reason });
  const changes = { limit: Number(limit), forMs: Math.round(Number(seconds) * 1_000), severity, isEnabled };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={rule.title}
      description={`The ${rule.signal}; fires ${rule.breach} its limit.`}
      onSubmit={() => problem === null && !isPending && mutate(changes)}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" refused={problem} isBusy={isPending}>
            Save revision {rule.revision + 1}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField
          label={`Limit (now ${rule.limitText})`}
          value={limit}
          onChange={setLimit}
          inputMode="decimal"
          isMono
        />
        <TextField label="For" unit="s" value={seconds} onChange={setSeconds} inputMode="decimal" isMono />
        <Segmented label="Severity" options={severities} value={severity} onChange={setSeverity} />
        <Checkbox label="Evaluate this rule" isChecked={isEnabled} onChange={setEnabled} />
        <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
        {error && (
          <p className="t-crit" role="alert">
            {toShownError(error).message}
          </p>
        )}
        <Revisions
          revisions={revisions.data ?? []}
          onUse={(earlier) => mutate(earlier)}
          refused={reason.trim() === "" ? "Needs a reason" : null}
        />
      </div>
    </Dialog>
  );
}

type RevisionsProps = {
  revisions: readonly RuleRevision[];
  refused: string | null;
  onUse: (changes: RuleChanges) => void;
};

function Revisions({ revisions, refused, onUse }: RevisionsProps) {
  if (revisions.length === 0) return <p className="dim text-12">As built in; no revisions yet.</p>;
  return (
    <ul className="grid gap-1.5 text-12" aria-label="Revisions">
      {revisions.map((revision) => (
        <li key={revision.revision} className="flex items-center gap-2">
          <b>rev {revision.revision}</b>
          <Time at={revision.madeAt} isQuiet />
          <span className="sec truncate">
            {revision.madeBy}: {revision.reason}
          </span>
          <span className="sp" />
          <Button size="small" refused={refused} onClick={() => onUse(revision.changes)}>
            Back to
          </Button>
        </li>
      ))}
    </ul>
  );
}

function problemOf({
  limit,
  seconds,
  reason,
}: {
  limit: string;
  seconds: string;
  reason: string;
}): string | null {
  if (limit.trim() === "" || !Number.isFinite(Number(limit))) return "The limit is not a number";
  if (seconds.trim() === "" || !(Number(seconds) >= 0)) return "The duration is not a number of seconds";
  return reason.trim() === "" ? "Needs a reason" : null;
}
