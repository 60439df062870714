"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { earlierInput } from "./parts/earlier-input.ts";
import { EarlierReplays } from "./parts/earlier-replays.tsx";
import { lookEveryMs, openEveryMs } from "./parts/refetch-pace.ts";
import { ReplayDetail } from "./parts/replay-detail.tsx";
import { StartPanel } from "./parts/start-panel.tsx";
import "./replay.css";
import { noReplayFilter, type ReplayChange, replayParsers } from "./search-params.ts";

/** Recorded events run through a candidate beside the stable version: the next one, the one shown, those before. */
export function ReplayView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(replayParsers, { history: "push" });
  const { env: environment } = params;
  const list = useQuery(
    trpc.replays.list.queryOptions(earlierInput({ agentId, environment }), {
      refetchInterval: ({ state }) => (state.data?.rows[0]?.endedAt === null ? openEveryMs : lookEveryMs),
    }),
  );
  const newest = list.data?.rows[0];
  const shown = params.id ?? newest?.id ?? null;
  const isOpen = newest !== undefined && newest.endedAt === null;
  const show = (id: string | null, change: ReplayChange = {}) =>
    void setParams({ ...noReplayFilter, event: null, id, ...change });
  return (
    <>
      <EnvironmentBar
        environment={environment}
        onChange={(env) => show(null, { env, stable: null, candidate: null })}
        end={<WhatAReplayIs />}
      >
        {list.data && (isOpen ? `replay ${newest.id} is under way` : "no replay is under way")}
      </EnvironmentBar>
      <StartPanel
        key={environment}
        agentId={agentId}
        environment={environment}
        proposed={params}
        isOpen={isOpen}
        onStart={() => show(null)}
      />
      {shown && (
        <ReplayDetail
          key={shown}
          agentId={agentId}
          id={shown}
          params={params}
          onChange={(change) => void setParams(change)}
          onProposed={(proposed) => show(null, proposed)}
        />
      )}
      <EarlierReplays list={list} environment={environment} shown={shown} />
    </>
  );
}

function WhatAReplayIs() {
  return (
    <WhatIsThis title="Shadow replay">
      <p>
        Events that were recorded in the event topic are read again and run through two versions, one after
        the other, by a runtime of the environment. Both get the configuration in force there, the event’s
        time as their clock and the same chance.
      </p>
      <p>
        Nothing happens by it: no event, status, run or lineage is written, and a fetch is refused. What both
        gave is compared by content, and secrets are hidden before it leaves the runtime.
      </p>
    </WhatIsThis>
  );
}
