"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { OwnRevision, Rule } from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useTRPCClient } from "../../../../../../_client/trpc.tsx";
import { Button } from "../../../../../../_ui/button.tsx";
import { ownDraftOf, toOwnRule } from "./own-draft.ts";
import { OwnFields } from "./own-fields.tsx";
import { RuleFrame } from "./rule-frame.tsx";
import { useRuleSaved } from "./use-rule-saved.ts";

/** A rule of the network's own, new or there already. */
export function OwnEditor({ network, rule }: { network: NetworkName; rule: Rule | null }) {
  const client = useTRPCClient();
  const router = useRouter();
  const saved = useRuleSaved();
  const before = rule?.own ?? null;
  const [draft, setDraft] = useState(() => ownDraftOf(before));
  const own = toOwnRule(draft, before);
  const save = useMutation({
    mutationFn: ({ holds, reason }: { holds: OwnRevision; reason: string }) => {
      if (rule) {
        const { id, revision } = rule;
        return client.alerts.reviseRule.mutate({ network, id, revision, rule: holds, reason });
      }
      if ("isRemoved" in holds) throw new TypeError("What is not there yet cannot be taken away.");
      return client.alerts.createRule.mutate({ network, rule: holds, reason });
    },
    onSuccess: async ({ id, revision }, { holds }) => {
      const isRemoved = "isRemoved" in holds;
      await saved(
        isRemoved ? `${rule?.title ?? "The rule"} is taken away` : `${holds.title}: revision ${revision}`,
      );
      router.replace(isRemoved ? `/${network}/alerts?tab=rules` : `/${network}/alerts/rules/${id}`);
    },
  });
  const asked = typeof own === "string" ? null : { own };
  return (
    <RuleFrame
      network={network}
      rule={rule}
      title={draft.title.trim() || "New rule"}
      sub={before === null ? "of this network" : "written here"}
      problem={typeof own === "string" ? own : null}
      asked={asked}
      heard={
        typeof own === "string" ? null : { rule: rule?.id ?? "", severity: own.severity, labels: own.labels }
      }
      isSaving={save.isPending}
      error={save.error}
      onSave={(reason) => typeof own !== "string" && save.mutate({ holds: own, reason })}
      onBack={({ own: earlier }, reason) => earlier && save.mutate({ holds: earlier, reason })}
      more={(reason) =>
        rule && (
          <Button
            kind="ghost"
            refused={reason === "" ? "Needs a reason" : null}
            onClick={() => save.mutate({ holds: { isRemoved: true }, reason })}
          >
            Take away
          </Button>
        )
      }
    >
      <OwnFields draft={draft} set={(change) => setDraft((known) => ({ ...known, ...change }))} />
    </RuleFrame>
  );
}
