"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import type {
  PreviewRuleInput,
  Rule,
  RuleRevision,
} from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../../../_client/shown-error.ts";
import { useRefusal } from "../../../../../../_shell/use-refusal.ts";
import { Button } from "../../../../../../_ui/button.tsx";
import { PageHead } from "../../../../../../_ui/page-head.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../../_ui/sheet.tsx";
import { TextField } from "../../../../../../_ui/text-field.tsx";
import { MaintenanceBanner } from "../../../parts/maintenance-banner.tsx";
import { type Heard, HearersPanel } from "./hearers-panel.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { RevisionsPanel } from "./revisions-panel.tsx";

type RuleFrameProps = {
  network: NetworkName;
  rule: Rule | null;
  title: string;
  sub: string;
  /** Why it cannot be saved or looked at as it is now. */
  problem: string | null;
  asked: PreviewRuleInput["rule"] | null;
  heard: Heard | null;
  isSaving: boolean;
  error: Parameters<typeof toShownError>[0] | null;
  onSave: (reason: string) => void;
  onBack: (revision: RuleRevision, reason: string) => void;
  /** Further actions, which need a reason too. */
  more?: (reason: string) => ReactNode;
  children: ReactNode;
};

/** What is the same for every rule: the form on the left, what it would have done on the right, who hears it below. */
export function RuleFrame(props: RuleFrameProps) {
  const { network, rule, title, sub, problem, isSaving } = props;
  const refusal = useRefusal("operator", network);
  const [text, setText] = useState("");
  const reason = text.trim();
  const refused = refusal ?? problem ?? (reason === "" ? "Needs a reason" : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (refused === null && !isSaving) props.onSave(reason);
      }}
    >
      <PageHead
        title={title}
        meta={
          <>
            <span>{sub}</span>
            {rule && rule.revision > 0 && <span>rev {rule.revision}</span>}
            {rule && <span>{rule.firing === 0 ? "not firing" : `${rule.firing} firing`}</span>}
          </>
        }
        actions={
          <>
            <Link className="btn btn-ghost" href={`/${network}/alerts?tab=rules`}>
              All rules
            </Link>
            {refusal === null && props.more?.(reason)}
            <Button type="submit" kind="primary" refused={refused} isBusy={isSaving}>
              {rule ? `Save rev ${rule.revision + 1}` : "Make the rule"}
            </Button>
          </>
        }
      />
      {rule && <MaintenanceBanner network={network} rule={rule.id} />}
      <Sheet columns="minmax(0, 32rem) minmax(0, 1fr)">
        <Panel title="Rule">
          <div className="grid grid-cols-1 gap-3">
            {props.children}
            <TextField
              label="Reason"
              value={text}
              onChange={setText}
              maxLength={500}
              hint="Stands in the audit log."
            />
            {problem && <p className="t-warn">{problem}.</p>}
            {props.error !== null && (
              <p className="t-crit" role="alert">
                {toShownError(props.error).message}
              </p>
            )}
          </div>
        </Panel>
        <PreviewPanel network={network} asked={props.asked} />
      </Sheet>
      <Sheet columns="minmax(0, 32rem) minmax(0, 1fr)">
        <RevisionsPanel
          network={network}
          rule={rule}
          refused={refusal ?? (reason === "" ? "Needs a reason" : null)}
          onBack={(revision) => props.onBack(revision, reason)}
        />
        <HearersPanel network={network} heard={props.heard} />
      </Sheet>
    </form>
  );
}
