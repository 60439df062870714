"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import {
  type ConfigDifference,
  diffConfig,
} from "../../../../../../server/features/agent-config/diff-rules.ts";
import type { ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { notify } from "../../../../../_ui/notify.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { ChangesList } from "./config-changes.tsx";
import type { ConfigDraft } from "./use-config-draft.ts";

type DraftPanelProps = { config: ConfigView; draft: ConfigDraft };

/** What the draft changes, and the step that puts it in force: by oneself, or in prod by a second person. */
export function DraftPanel({ config, draft }: DraftPanelProps) {
  const { agentId, environment, revision, proposal } = config;
  const [note, setNote] = useState("");
  const act = useApply(config, draft);
  const refusal = useDeployRefusal(environment);
  const isProd = environment === "prod";
  const missing = refusal ?? (isProd && proposal ? "Another proposal is open" : missingOf(draft, note));
  const changes = changesOf(config, draft);
  const apply = () => {
    const { settings, secrets } = draft;
    act.mutate({ agentId, environment, revision, note, change: { kind: "values", settings, secrets } });
  };
  return (
    <Panel
      title={revision === 0 ? "Draft of the first revision" : `Draft ${revision + 1} against ${revision}`}
      sub={changes.length === 0 ? "nothing is changed" : draft.isJudged ? null : "being judged"}
      actions={
        <Button
          size="small"
          kind="ghost"
          onClick={draft.discard}
          refused={draft.isChanged ? null : "Nothing is changed"}
        >
          Discard
        </Button>
      }
    >
      {changes.length > 0 && <ChangesList changes={changes} />}
      <form
        className="flex flex-col gap-3 pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) apply();
        }}
      >
        <TextField label="Note, shown in the history" value={note} onChange={setNote} maxLength={500} />
        {act.isError && (
          <p className="t-crit text-12" role="alert">
            <Glyph tone="crit" size={9} /> {toShownError(act.error).message}
          </p>
        )}
        <div className="flex items-center gap-3">
          <Button type="submit" kind="primary" refused={missing} isBusy={act.isPending}>
            {isProd ? "Propose" : `Apply rev ${revision + 1}`}
          </Button>
          <span className="dim text-12">
            {isProd
              ? "a second person puts it in force"
              : revision > 0
                ? `undo: back to ${revision}`
                : "takes effect at once"}
          </span>
        </div>
      </form>
    </Panel>
  );
}

function useApply({ environment }: ConfigView, draft: ConfigDraft) {
  const trpc = useTRPC();
  const change = useMutation(
    trpc.agentConfig.change.mutationOptions({
      onSuccess: ({ revision }) =>
        notify({ tone: "ok", title: `Revision ${revision} is in force in ${environment}.` }),
    }),
  );
  const propose = useMutation(
    trpc.agentConfig.propose.mutationOptions({
      onSuccess: () => {
        draft.discard();
        notify({ tone: "ok", title: "Proposed. A second person puts it in force." });
      },
    }),
  );
  return environment === "prod" ? propose : change;
}

function changesOf({ settings, secrets }: ConfigView, draft: ConfigDraft): ConfigDifference[] {
  const written = Object.entries(draft.secrets).map(([name, text]): ConfigDifference => {
    const isSet = secrets.some((known) => known.name === name);
    return { kind: "secret", name, what: text === null ? "taken away" : isSet ? "replaced" : "set" };
  });
  return [...diffConfig({ settings, secrets }, { settings: draft.settings, secrets }), ...written];
}

function missingOf({ isChanged, isJudged, issues, failure }: ConfigDraft, note: string): string | null {
  if (!isChanged) return "Nothing is changed";
  if (failure) return "It could not be judged";
  if (issues.length > 0) return issues.length === 1 ? "1 fault" : `${issues.length} faults`;
  if (!isJudged) return "Being judged";
  return note.trim() === "" ? "Needs a note" : null;
}
