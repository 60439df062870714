"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import type { Rollout } from "../../../../../server/features/rollouts/schema.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { agentHref } from "../../agent-href.ts";
import { FreezeBanner } from "../../parts/freeze-banner.tsx";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { InstancesPanel } from "../parts/instances-panel.tsx";
import { useEnvironment } from "../parts/use-place-of-agent.ts";
import { phaseTones, phaseWords } from "./parts/phases.ts";
import { RolloutDetail } from "./parts/rollout-detail.tsx";
import { StartPanel } from "./parts/start-panel.tsx";

/** Rollouts of an agent to one environment: the one under way or chosen, those before, and the next. */
export function RolloutsView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const [environment, setEnvironment] = useEnvironment();
  const [chosen, setChosen] = useQueryState("id", parseAsString.withOptions({ history: "push" }));
  const list = useQuery(trpc.rollouts.list.queryOptions({ agentId, environment, limit: 50 }));
  const { data: deployment } = useQuery(trpc.deployments.get.queryOptions({ agentId, environment }));
  const newest = list.data?.rows[0];
  const shown = chosen ?? newest?.id ?? null;
  const isOpen = newest !== undefined && newest.endedAt === null;
  return (
    <>
      <EnvironmentBar
        environment={environment}
        onChange={(next) => {
          void setChosen(null);
          void setEnvironment(next);
        }}
        end={<WhatARolloutIs />}
      >
        {list.data && (isOpen ? `rollout ${newest.id} is under way` : "no rollout is under way")}
      </EnvironmentBar>
      <FreezeBanner environment={environment} />
      {deployment && !isOpen && (
        <StartPanel deployment={deployment} rolledBack={rolledBackOf(list.data?.rows ?? [])} />
      )}
      {shown && (
        <RolloutDetail
          agentId={agentId}
          environment={environment}
          id={shown}
          isNewest={shown === newest?.id}
        />
      )}
      <Sheet columns="3fr 2fr">
        <QueryPanel
          title={`Rollouts to ${environment}`}
          sub={list.data?.next ? "the newest 50" : null}
          query={list}
          what="rollouts"
          isFlush
          emptyWhen={({ rows }) => (rows.length === 0 ? nothing : null)}
        >
          {({ rows }) => <RolloutTable rows={rows} shown={shown} />}
        </QueryPanel>
        {deployment && <InstancesPanel deployment={deployment} />}
      </Sheet>
    </>
  );
}

/** Versions whose latest rollout went back. */
function rolledBackOf(newestFirst: readonly Rollout[]): ReadonlySet<string> {
  const latest = new Map(
    newestFirst.toReversed().map(({ candidate, state }) => [candidate.cid, state.phase]),
  );
  return new Set([...latest].flatMap(([cid, phase]) => (phase === "rolled_back" ? [cid] : [])));
}

function RolloutTable({ rows, shown }: { rows: readonly Rollout[]; shown: string | null }) {
  return (
    <SmallTable
      label="Rollouts"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          id: "rollout",
          title: "Rollout",
          cell: ({ id, agentId, environment, stable, candidate }) => (
            <Link
              className="lk mono"
              href={`${agentHref(agentId, "rollouts")}?env=${environment}&id=${id}`}
              aria-current={id === shown || undefined}
            >
              {stable?.semver ?? "nothing"} → {candidate.semver}
            </Link>
          ),
        },
        { id: "when", title: "Started", cell: ({ startedAt }) => <Time at={startedAt} isQuiet /> },
        { id: "by", title: "By", cell: ({ startedBy }) => <span className="sec">{startedBy}</span> },
        {
          id: "result",
          title: "Result",
          cell: ({ state }) => (
            <StatusWord tone={phaseTones[state.phase]}>{phaseWords[state.phase]}</StatusWord>
          ),
        },
        { id: "why", title: "Why", cell: ({ state, note }) => <Why text={state.reason ?? note} /> },
      ]}
    />
  );
}

function Why({ text }: { text: string }) {
  return <span data-tip={text}>{text.length > 60 ? `${text.slice(0, 59)}…` : text}</span>;
}

const nothing = { title: "No rollout yet", children: "Choose a version above to bring it here." };

function WhatARolloutIs() {
  return (
    <WhatIsThis title="Rollout">
      <p>
        A version gets a share of the events, step by step. At the end of a step its errors and its p99 are
        compared with the stable version over the same time. What fails is rolled back by itself; after that
        nothing new is rolled out here until somebody releases it.
      </p>
    </WhatIsThis>
  );
}
