"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import type { VersionDiff } from "../../../../../../../server/features/agents/schema.ts";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";
import { tabStopWhileScrolling } from "../../../../../../_ui/tab-stop-while-scrolling.ts";
import { SelectField } from "../../../../../settings/select-field.tsx";

const earlier = "earlier";

/** The manifest against another version's, field by field; at first against the one before. */
export function DiffPanel({ agentId, cid }: { agentId: string; cid: string }) {
  const trpc = useTRPC();
  const [against, setAgainst] = useQueryState("against", parseAsString);
  const others = useQuery(trpc.agents.versions.queryOptions({ agentId, limit: 100 }));
  const diff = useQuery(
    trpc.agents.diff.queryOptions(
      { agentId, cid, ...(against !== null && { against }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const options = (others.data?.rows ?? [])
    .filter((version) => version.cid !== cid)
    .map((version) => ({ value: version.cid, label: version.semver }));
  return (
    <QueryPanel
      title="Manifest"
      sub="what differs"
      query={diff}
      what="the difference"
      staleAfterMs={90_000}
      isFlush
      actions={
        <SelectField
          label="Against"
          isBare
          isSmall
          value={against ?? earlier}
          options={[{ value: earlier, label: "against the one before" }, ...options]}
          onChange={(value) => void setAgainst(value === earlier ? null : value)}
        />
      }
      emptyWhen={emptyDiff}
    >
      {({ changes }) => (
        <div ref={tabStopWhileScrolling} className="source">
          {changes.map(({ path, before, after }) => (
            <div key={path}>
              {before !== null && <Side sign="−" path={path} value={before} />}
              {after !== null && <Side sign="+" path={path} value={after} />}
            </div>
          ))}
        </div>
      )}
    </QueryPanel>
  );
}

function Side({ sign, path, value }: { sign: "−" | "+"; path: string; value: string }) {
  const isAdded = sign === "+";
  return (
    <div className="source-line" data-added={isAdded || undefined} data-removed={!isAdded || undefined}>
      <span className="source-number" aria-hidden="true">
        {sign}
      </span>
      <code>
        <span className="sr-only">{isAdded ? "now" : "before"} </span>
        {path} {value}
      </code>
    </div>
  );
}

function emptyDiff({ before, changes }: VersionDiff) {
  if (before === null)
    return { title: "The first version", children: "There is none before it to compare with." };
  return changes.length === 0
    ? { title: "The same manifest", children: `Only files differ from ${before.semver}.` }
    : null;
}
