"use client";

import Plus from "lucide-react/icons/plus";
import { useState } from "react";
import type { DeploymentView } from "../../../../../../server/features/deployments/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { ApplyPanel } from "./apply-panel.tsx";
import { freeName } from "./draft-rules.ts";
import { DryRunPanel } from "./dry-run-panel.tsx";
import { JsonPanel } from "./json-panel.tsx";
import { RecordForm } from "./record-form.tsx";
import { RecordsTable } from "./records-table.tsx";
import { type SetDraft, useDraft } from "./use-draft.ts";

/** The SET as a form and as JSON, either of which writes the same draft; tried and applied below. */
export function DraftSection({ deployment }: { deployment: DeploymentView }) {
  const draft = useDraft(deployment);
  return (
    <>
      <Sheet columns="3fr 2fr">
        <RecordsPanel deployment={deployment} draft={draft} />
        <JsonPanel draft={draft} generation={deployment.generation} />
      </Sheet>
      {draft.isChanged && (
        <Sheet columns="3fr 2fr">
          <DryRunPanel
            deployment={deployment}
            records={draft.value}
            isReady={draft.isJudged && draft.issues.length === 0}
          />
          <ApplyPanel deployment={deployment} draft={draft} />
        </Sheet>
      )}
    </>
  );
}

type RecordsPanelProps = { deployment: DeploymentView; draft: SetDraft };

function RecordsPanel({ deployment, draft }: RecordsPanelProps) {
  const [opened, setOpened] = useState<number | null>(null);
  const { records } = draft;
  const record = opened === null ? undefined : records?.[opened];
  const add = () => {
    if (!records) return;
    setOpened(records.length);
    draft.setRecords([
      ...records,
      newRecord(freeName(records), { deployment, isFirst: records.length === 0 }),
    ]);
  };
  return (
    <Panel
      title="Records"
      sub="the lowest priority that fits wins; weights split a tier"
      isFlush
      actions={
        <Button icon={Plus} size="small" onClick={add} refused={records ? null : "The JSON cannot be read"}>
          Add record
        </Button>
      }
      state={
        records?.length === 0
          ? { kind: "empty", title: "Nothing runs here", children: "Add a record, or roll out a version." }
          : { kind: "data" }
      }
    >
      {records ? (
        <RecordsTable
          deployment={deployment}
          records={records}
          issues={draft.issues}
          opened={opened}
          onOpen={(index) => setOpened(index === opened ? null : index)}
        />
      ) : (
        <p className="t-crit px-4 pb-4 text-12">The JSON is no list of records: mend it there.</p>
      )}
      {record && opened !== null && (
        <RecordForm
          key={opened}
          index={opened}
          record={record}
          issues={draft.issues}
          deployment={deployment}
          onChange={(next) =>
            draft.setRecords((records ?? []).map((one, at) => (at === opened ? next : one)))
          }
          onRemove={() => {
            setOpened(null);
            draft.setRecords((records ?? []).filter((_, at) => at !== opened));
          }}
        />
      )}
    </Panel>
  );
}

type New = { deployment: DeploymentView; isFirst: boolean };

/** The first is the default; another one takes nobody anything before its targeting is written. */
function newRecord(name: string, { deployment, isFirst }: New) {
  const { versions, records } = deployment;
  const runs = records.find(({ targeting }) => targeting === "")?.version;
  const usable = versions.find(({ state }) => state === "validated" || state === "deployed")?.cid;
  return {
    name: isFirst ? "default" : name,
    priority: isFirst ? 100 : 10,
    targeting: isFirst ? "" : 'vault.scope == ""',
    version: runs ?? usable ?? "",
    weight: 1,
    enabled: true,
    params: {},
    engagements: {},
    expiresAt: null,
  };
}
