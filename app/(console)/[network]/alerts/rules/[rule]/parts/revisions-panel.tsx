"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import type { Rule, RuleRevision } from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { Button } from "../../../../../../_ui/button.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { diffOf } from "./revision-diff.ts";

type RevisionsPanelProps = {
  network: NetworkName;
  rule: Rule | null;
  refused: string | null;
  onBack: (revision: RuleRevision) => void;
};

type Row = { revision: RuleRevision; changes: string[]; isLive: boolean };

/** What each revision changed of the one before, and the way back to it. */
export function RevisionsPanel({ network, rule, refused, onBack }: RevisionsPanelProps) {
  const trpc = useTRPC();
  const { data: revisions = [] } = useQuery(
    trpc.alerts.revisions.queryOptions(rule ? { network, id: rule.id } : skipToken),
  );
  const rows = revisions.map((revision, index): Row => {
    const before = revisions[index + 1];
    return {
      revision,
      changes: diffOf(before ? holdsOf(before) : null, holdsOf(revision)),
      isLive: index === 0,
    };
  });
  const empty = rule?.own === null ? "As built in; nobody changed it." : "It is not saved yet.";
  return (
    <Panel
      title="Revisions"
      isFlush
      state={rows.length > 0 ? { kind: "data" } : { kind: "empty", title: "No revisions", children: empty }}
    >
      <SmallTable
        label="Revisions"
        rows={rows}
        rowKey={({ revision }) => String(revision.revision)}
        isCompact
        columns={[
          {
            id: "rev",
            title: "Rev",
            isNumber: true,
            width: 44,
            cell: ({ revision }) => <b>{revision.revision}</b>,
          },
          {
            id: "when",
            title: "When",
            width: 84,
            cell: ({ revision }) => <Time at={revision.madeAt} isQuiet />,
          },
          { id: "what", title: "What", cell: (row) => <What row={row} /> },
          {
            id: "back",
            title: <span className="sr-only">Actions</span>,
            width: 84,
            cell: ({ revision, isLive }) =>
              isLive ? (
                <span className="t-ok">live</span>
              ) : (
                <Button
                  size="small"
                  refused={refused}
                  onClick={() => onBack(revision)}
                  aria-label={`Back to revision ${revision.revision}`}
                >
                  Back to
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function What({ row: { revision, changes } }: { row: Row }) {
  const text = changes.join("; ") || "as built in";
  return (
    <span className="two">
      <span className="truncate" data-tip={text}>
        {text}
      </span>
      <span className="dim truncate">
        {revision.madeBy}: {revision.reason}
      </span>
    </span>
  );
}

function holdsOf({ own, changes }: RuleRevision): object {
  return own ?? changes ?? {};
}
