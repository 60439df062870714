"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DeploymentView, SetIssue } from "../../../../../../server/features/deployments/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { notify } from "../../../../../_ui/notify.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import type { SetDraft } from "./use-draft.ts";

type ApplyPanelProps = { deployment: DeploymentView; draft: SetDraft };

/** Which rules the draft keeps, and the step that puts it in force: by oneself, or in prod by a second person. */
export function ApplyPanel({ deployment, draft }: ApplyPanelProps) {
  const { agentId, environment, generation } = deployment;
  const trpc = useTRPC();
  const [note, setNote] = useState("");
  const refusal = useDeployRefusal(environment);
  const apply = useMutation(
    trpc.deployments.applySet.mutationOptions({
      onSuccess: (applied) =>
        notify({ tone: "ok", title: `SET ${applied.generation} is in force in ${environment}.` }),
    }),
  );
  const propose = useMutation(
    trpc.deployments.proposeSet.mutationOptions({
      onSuccess: () => {
        draft.discard();
        notify({ tone: "ok", title: "Proposed. A second person puts it in force." });
      },
    }),
  );
  const isProd = environment === "prod";
  const act = isProd ? propose : apply;
  const isProposed = isProd && deployment.proposal !== null;
  const missing = refusal ?? (isProposed ? "Another proposal is open" : missingOf(draft, note));
  return (
    <Panel title="Apply" sub={draft.isJudged ? null : "being judged"}>
      <ul className="checks" aria-label="Rules of a SET">
        {Object.entries(ruleWords).map(([rule, words]) => (
          <Rule
            key={rule}
            words={words}
            issues={draft.issues.filter((issue) => issue.rule === rule)}
            isJudged={draft.isJudged && (draft.isRead || rule === "shape")}
          />
        ))}
      </ul>
      <form
        className="flex flex-col gap-3 pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) act.mutate({ agentId, environment, records: draft.value, generation, note });
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
            {isProd ? "Propose" : "Apply"}
          </Button>
          <span className="dim text-12">
            {isProd
              ? "a second person puts it in force"
              : generation > 0
                ? `undo: re-apply ${generation}`
                : "takes effect at once"}
          </span>
        </div>
      </form>
    </Panel>
  );
}

const ruleWords: Readonly<Record<SetIssue["rule"], string>> = {
  shape: "Can be read",
  default: "Exactly one default, always on",
  names: "Names are unique",
  targeting: "Targeting compiles",
  versions: "Versions exist and may run",
  weights: "Weights are 1 or more",
  expiry: "Expiry is in the future",
  overrides: "Overrides fit the manifest",
  held: "What a rollout holds is untouched",
};

type RuleProps = { words: string; issues: readonly SetIssue[]; isJudged: boolean };

function Rule({ words, issues, isJudged }: RuleProps) {
  const [first] = issues;
  return (
    <li>
      <Glyph tone={first ? "crit" : isJudged ? "ok" : "unknown"} size={9} />
      <span>{words}</span>
      {first ? (
        <StatusWord tone="crit" why={first.message}>
          {issues.length === 1 ? "1 fault" : `${issues.length} faults`}
        </StatusWord>
      ) : (
        <span className="dim">{isJudged ? "holds" : "not judged yet"}</span>
      )}
    </li>
  );
}

function missingOf({ isJudged, issues, failure }: SetDraft, note: string): string | null {
  if (failure) return "It could not be judged";
  if (issues.length > 0) return issues.length === 1 ? "1 fault" : `${issues.length} faults`;
  if (!isJudged) return "Being judged";
  return note.trim() === "" ? "Needs a note" : null;
}
