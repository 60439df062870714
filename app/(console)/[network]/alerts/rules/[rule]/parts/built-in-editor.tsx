"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Rule, RuleChanges } from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useTRPCClient } from "../../../../../../_client/trpc.tsx";
import { Checkbox } from "../../../../../../_ui/checkbox.tsx";
import { Segmented } from "../../../../../../_ui/segmented.tsx";
import { TextField } from "../../../../../../_ui/text-field.tsx";
import { severityOptions } from "../../../parts/alert-looks.ts";
import { RuleFrame } from "./rule-frame.tsx";
import { useRuleSaved } from "./use-rule-saved.ts";

/** What a network may change of a rule that is built in. */
export function BuiltInEditor({ network, rule }: { network: NetworkName; rule: Rule }) {
  const client = useTRPCClient();
  const saved = useRuleSaved();
  const [limit, setLimit] = useState(String(rule.limit));
  const [seconds, setSeconds] = useState(String(rule.forMs / 1_000));
  const [severity, setSeverity] = useState(rule.severity);
  const [isEnabled, setEnabled] = useState(rule.isEnabled);
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ changes, reason }: { changes: RuleChanges; reason: string }) =>
      client.alerts.updateRule.mutate({ network, id: rule.id, revision: rule.revision, changes, reason }),
    onSuccess: ({ title, revision }) => saved(`${title}: revision ${revision}`),
  });
  const problem = problemOf(limit, seconds);
  const changes = { limit: Number(limit), forMs: Math.round(Number(seconds) * 1_000), severity, isEnabled };
  return (
    <RuleFrame
      network={network}
      rule={rule}
      title={rule.title}
      sub={rule.revision > 0 ? "built in, changed here" : "built in"}
      problem={problem}
      asked={problem === null ? { id: rule.id, changes } : null}
      heard={{ rule: rule.id, severity, labels: {} }}
      isSaving={isPending}
      error={error}
      onSave={(reason) => mutate({ changes, reason })}
      onBack={({ changes: earlier }, reason) => earlier && mutate({ changes: earlier, reason })}
    >
      <p className="sec">
        The {rule.signal}; fires {rule.breach} its limit.
      </p>
      <TextField
        label={`Limit (now ${rule.limitText})`}
        value={limit}
        onChange={setLimit}
        inputMode="decimal"
        isMono
      />
      <TextField label="For" unit="s" value={seconds} onChange={setSeconds} inputMode="decimal" isMono />
      <Segmented label="Severity" options={severityOptions} value={severity} onChange={setSeverity} />
      <Checkbox label="Evaluate this rule" isChecked={isEnabled} onChange={setEnabled} />
    </RuleFrame>
  );
}

function problemOf(limit: string, seconds: string): string | null {
  if (limit.trim() === "" || !Number.isFinite(Number(limit))) return "The limit is not a number";
  return seconds.trim() === "" || !(Number(seconds) >= 0) ? "The duration is not a number of seconds" : null;
}
