"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { longestWindowMs } from "../../../../../../server/features/replays/replay-rules.ts";
import type { ReplayPlan } from "../../../../../../server/features/replays/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { useNow } from "../../../../../_ui/now.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import { type Environment, useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { chosenWindow, eventCounts, type WindowName, windowOptions } from "./window-choices.ts";

type StartPanelProps = {
  agentId: string;
  environment: Environment;
  proposed: { stable: string | null; candidate: string | null };
  isOpen: boolean;
  /** The newest is shown from then on. */
  onStart: () => void;
};

/** Chooses two versions and a window of events. */
export function StartPanel(props: StartPanelProps) {
  const { agentId, environment } = props;
  const trpc = useTRPC();
  const plan = useQuery(trpc.replays.plan.queryOptions({ agentId, environment }));
  return (
    <Sheet>
      <QueryPanel
        title="Replay recorded events"
        sub="in the runtime, without effects"
        query={plan}
        what="what could be replayed"
        staleAfterMs={90_000}
        emptyWhen={({ versions }) => (versions.length < 2 ? tooFew : null)}
      >
        {(data) => <StartForm {...props} plan={data} />}
      </QueryPanel>
    </Sheet>
  );
}

const tooFew = {
  title: "Nothing to compare yet",
  children: "A replay needs two versions of this agent that were validated and are not archived.",
};
const everyType = "every type";

function StartForm({ plan, ...props }: StartPanelProps & { plan: ReplayPlan }) {
  const { agentId, environment, proposed, isOpen, onStart } = props;
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const now = useNow();
  const refusal = useDeployRefusal(environment);
  const [picked, setPicked] = useState<{ stable?: string; candidate?: string }>({});
  const [windowName, setWindow] = useState<WindowName>("15m");
  const [eventType, setEventType] = useState(everyType);
  const [maxEvents, setMaxEvents] = useState<(typeof eventCounts)[number]>("1000");
  const queryClient = useQueryClient();
  const start = useMutation(
    trpc.replays.start.mutationOptions({
      onMutate: onStart,
      onSuccess: () => queryClient.invalidateQueries(trpc.replays.pathFilter()),
    }),
  );
  const { stable, candidate } = pairOf(plan, { ...withoutNulls(proposed), ...picked });
  const types = [...new Set([stable, candidate].flatMap((one) => one.eventTypes))].sort();
  const window = chosenWindow(windowName, range, new Date(now));
  const missing =
    refusal ??
    (plan.runtime === null ? `Needs a runtime: nothing of this agent ever ran in ${environment}` : null) ??
    (isOpen ? "One at a time: the one under way has to end first" : null) ??
    (stable.cid === candidate.cid ? "Needs two versions" : null) ??
    (window.to.getTime() - window.from.getTime() > longestWindowMs
      ? "Needs a window of 6 hours or less"
      : null);
  const run = () =>
    start.mutate({
      agentId,
      environment,
      stable: stable.cid,
      candidate: candidate.cid,
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      eventTypes: types.includes(eventType) ? [eventType] : [],
      maxEvents: Number(maxEvents),
    });
  const versionOptions = plan.versions.map(({ cid, semver, state }) => ({
    value: cid,
    label: `${semver} · ${cid === plan.stable ? `live in ${environment}` : state}`,
  }));
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing && !start.isPending) run();
      }}
    >
      <SelectField
        label="Stable"
        value={stable.cid}
        options={versionOptions}
        onChange={(cid) => setPicked({ ...picked, stable: cid })}
      />
      <SelectField
        label="Candidate"
        value={candidate.cid}
        options={versionOptions}
        onChange={(cid) => setPicked({ ...picked, candidate: cid })}
      />
      <SelectField label="Events of" value={windowName} options={windowOptions} onChange={setWindow} />
      <SelectField
        label="Type"
        value={types.includes(eventType) ? eventType : everyType}
        options={[everyType, ...types].map((value) => ({ value, label: value }))}
        onChange={setEventType}
      />
      <SelectField
        label="At most"
        value={maxEvents}
        options={eventCounts.map((value) => ({
          value,
          label: `${Number(value).toLocaleString("en")} events`,
        }))}
        onChange={setMaxEvents}
      />
      <Button type="submit" kind="primary" refused={missing} isBusy={start.isPending}>
        Replay
      </Button>
      <RuntimeNote plan={plan} />
      {start.isError && (
        <p className="t-crit w-full text-12" role="alert">
          <Glyph tone="crit" size={9} /> {toShownError(start.error).message}
        </p>
      )}
    </form>
  );
}

function RuntimeNote({ plan: { runtime, configRevision } }: { plan: ReplayPlan }) {
  if (runtime === null) return null;
  return (
    <p className="text-12 w-full sec">
      By <span className="mono">{runtime.instance}</span>
      {runtime.isSilent && (
        <span className="t-warn">
          {" "}
          <Glyph tone="warn" size={9} /> not heard of since <Time at={runtime.heardAt} isQuiet />
        </span>
      )}
      , with {configRevision === 0 ? "the manifests’ own settings" : `configuration ${configRevision}`} for
      both
    </p>
  );
}

/** What is chosen, else what is live against the newest other. */
function pairOf({ stable, versions }: ReplayPlan, picked: { stable?: string; candidate?: string }) {
  const find = (cid: string | undefined | null) => versions.find((version) => version.cid === cid);
  const [first, second] = versions;
  if (!first || !second) throw new Error("A replay is offered of two versions or more.");
  const one = find(picked.stable) ?? find(stable) ?? second;
  const other = find(picked.candidate) ?? versions.find(({ cid }) => cid !== one.cid) ?? first;
  return { stable: one, candidate: other };
}

function withoutNulls({ stable, candidate }: StartPanelProps["proposed"]) {
  return { ...(stable !== null && { stable }), ...(candidate !== null && { candidate }) };
}
