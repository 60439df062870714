"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { RunDetail } from "../../../../../../server/features/runs/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Peek, PeekSection } from "../../../../../_ui/peek.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { tabStopWhileScrolling } from "../../../../../_ui/tab-stop-while-scrolling.ts";
import { Time } from "../../../../../_ui/time.tsx";
import { lineageHref } from "../../../../[network]/data/parts/lineage-href.ts";
import { agentHref, versionHref } from "../../../agent-href.ts";
import { EnvBadge } from "../../../parts/env-badge.tsx";
import type { RunsChange } from "../search-params.ts";
import { RunContents } from "./run-contents.tsx";
import { RunLog, RunTasks } from "./run-log.tsx";
import { RunStatusWord, VersionName } from "./run-words.tsx";

type RunPeekProps = {
  agentId: string;
  id: string;
  onFilter: (change: RunsChange) => void;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One run whole: why it failed, what it did and said, what it read and made. */
export function RunPeek({ agentId, id, onFilter, ...peek }: RunPeekProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.get.queryOptions({ agentId, id }));
  return (
    <Peek label={`run ${id}`} head={<span className="peek-t mono">{shorten(id, 8, 4)}</span>} {...peek}>
      {query.data ? (
        <RunBody detail={query.data} onFilter={onFilter} />
      ) : (
        <Panel title="Run" state={queryState(query, "the run")} />
      )}
    </Peek>
  );
}

function RunBody({ detail, onFilter }: { detail: RunDetail; onFilter: (change: RunsChange) => void }) {
  const { run, stack, result, tasks, logs, inputs, outputs } = detail;
  return (
    <>
      <PeekSection>
        <p>
          <RunStatusWord status={run.status} /> after {formatMs(run.tookMs)} ms
        </p>
        {run.error && <p className="t-crit break-words">{run.error}</p>}
        {stack && (
          <pre ref={tabStopWhileScrolling} className="run-text">
            {stack}
          </pre>
        )}
      </PeekSection>
      <PeekSection>
        <KeyValue items={factsOf(detail)} />
      </PeekSection>
      {tasks.length > 0 && (
        <PeekSection title="Tasks">
          <RunTasks tasks={tasks} />
        </PeekSection>
      )}
      <PeekSection title="Log">
        <RunLog logs={logs} />
      </PeekSection>
      <PeekSection title="Inputs">
        <RunContents contents={inputs} nothing="The runtime named none." onFilter={onFilter} />
      </PeekSection>
      <PeekSection title="Outputs">
        <RunContents contents={outputs} nothing="The runtime named none." onFilter={onFilter} />
        {result !== null && (
          <pre ref={tabStopWhileScrolling} className="run-text">
            {pretty(result)}
          </pre>
        )}
      </PeekSection>
    </>
  );
}

function factsOf({ run, region, set, lineage }: RunDetail): (readonly [string, ReactNode])[] {
  const { agentId, environment, version } = run;
  return [
    ["Run", <Id key="run" value={run.id} what="run id" showCopy />],
    [
      "Version",
      <Link key="version" className="lk" href={versionHref({ agentId, cid: version.cid })} prefetch={false}>
        <VersionName version={version} />
      </Link>,
    ],
    [
      "By record",
      <span key="record">
        <span className="mono">{run.record}</span> in <EnvBadge environment={environment} />{" "}
        {set && (
          <Link
            className="lk"
            href={`${agentHref(agentId, "deployments")}?env=${environment}`}
            prefetch={false}
          >
            SET {set.generation}
          </Link>
        )}
      </span>,
    ],
    ["Began", <Time key="began" at={run.startedAt} form="instant" />],
    [
      "Event",
      <span key="event">
        {run.eventType} <Id value={run.eventId} what="event id" showCopy />
      </span>,
    ],
    [
      "Vault",
      <span key="vault">
        <Id value={run.vaultId} what="vault" showCopy /> scope {run.vaultScope}
      </span>,
    ],
    [
      "Instance",
      <span key="instance">
        <span className="mono">{run.instance}</span>
        {region && `, ${region}`}
      </span>,
    ],
    [
      "Lineage",
      lineage.length === 0 ? (
        <span key="lineage" className="dim">
          no event names this run
        </span>
      ) : (
        <span key="lineage">
          {lineage.map(({ network, root }) => (
            <Link key={network} className="lk" href={lineageHref(network, root)} prefetch={false}>
              what it came from and led to, {network}
            </Link>
          ))}
        </span>
      ),
    ],
  ];
}

/** JSON indented; a text that was cut is shown as it came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
