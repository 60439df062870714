"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Freeze } from "../../../../server/features/rollouts/freeze-schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { queryState } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { EnvironmentBar } from "../[agentId]/parts/environment-bar.tsx";
import { useDeployRefusal, useEnvironment } from "../[agentId]/parts/use-place-of-agent.ts";
import { EndFreezeDialog } from "./parts/end-freeze-dialog.tsx";
import { FreezeDialog } from "./parts/freeze-dialog.tsx";
import { FreezeTable } from "./parts/freeze-table.tsx";

const nothing = {
  title: "Nothing is frozen here",
  children: "A freeze says when no rollout moves on in an environment, once or each week, and why.",
};

type Asked = { kind: "new" } | { kind: "change"; freeze: Freeze } | { kind: "end"; freeze: Freeze };

/** When rollouts of an environment hold: now, to come, and before. */
export function FreezesView() {
  const trpc = useTRPC();
  const [environment, setEnvironment] = useEnvironment();
  const refusal = useDeployRefusal(environment);
  const [asked, setAsked] = useState<Asked | null>(null);
  const pages = useInfiniteQuery(
    trpc.rollouts.freezes.infiniteQueryOptions({ environment }, { getNextPageParam: (page) => page.next }),
  );
  const freezes = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const running = freezes.filter(({ state }) => state === "running").length;
  const close = () => setAsked(null);
  return (
    <>
      <PageHead title="Freezes" what={<WhatAFreezeIs />} />
      <EnvironmentBar environment={environment} onChange={(next) => void setEnvironment(next)}>
        {pages.data && (running === 0 ? "rollouts may move on" : "rollouts hold")}
      </EnvironmentBar>
      <Sheet>
        <Panel
          title={`Freezes of ${environment}`}
          sub="those that end last come first"
          isFlush
          actions={
            <Button size="small" refused={refusal} onClick={() => setAsked({ kind: "new" })}>
              New freeze
            </Button>
          }
          state={queryState(pages, "the freezes", () => (freezes.length > 0 ? null : nothing))}
        >
          <FreezeTable
            rows={freezes}
            refusal={refusal}
            onChange={(freeze) => setAsked({ kind: "change", freeze })}
            onEnd={(freeze) => setAsked({ kind: "end", freeze })}
          />
          {pages.hasNextPage && (
            <div className="px-4 py-2">
              <Button
                size="small"
                isBusy={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                Show more
              </Button>
            </div>
          )}
        </Panel>
      </Sheet>
      {asked?.kind === "end" && <EndFreezeDialog freeze={asked.freeze} onClose={close} />}
      {asked !== null && asked.kind !== "end" && (
        <FreezeDialog
          environment={environment}
          freeze={asked.kind === "change" ? asked.freeze : null}
          onClose={close}
        />
      )}
    </>
  );
}

function WhatAFreezeIs() {
  return (
    <WhatIsThis title="Freeze">
      <p>
        While a freeze runs, no rollout whose plan asks for this gate takes its next step in the environment;
        the time that it holds does not count. Rolling back is always possible.
      </p>
    </WhatIsThis>
  );
}
