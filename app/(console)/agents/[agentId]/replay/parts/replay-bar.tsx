"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import RotateCw from "lucide-react/icons/rotate-cw";
import Square from "lucide-react/icons/square";
import { replayedOf } from "../../../../../../server/features/replays/replay-rules.ts";
import type { Replay, ReplayDetail } from "../../../../../../server/features/replays/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { ExportMenu } from "../../../../../_shell/jobs/export-menu.tsx";
import { Banner } from "../../../../../_ui/banner.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { formatDuration } from "../../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { notify } from "../../../../../_ui/notify.ts";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { EnvBadge } from "../../../parts/env-badge.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { type ReplayParams, toReplayExport } from "../search-params.ts";
import { nameOf, stateWords } from "./verdict-words.ts";

type ReplayBarProps = {
  detail: ReplayDetail;
  params: ReplayParams;
  onProposed: (proposed: { stable: string; candidate: string }) => void;
};

/** What was replayed, how it stands, and what can be done about it. */
export function ReplayBar({ detail: { replay }, params, onProposed }: ReplayBarProps) {
  const { stable, candidate, environment } = replay;
  const replayed = replayedOf(replay.verdicts);
  return (
    <>
      <section className="bar gap-3 py-2" aria-label={`Replay ${replay.id}`}>
        <h2 className="rp-pair">
          <span className="mono">{nameOf(stable)}</span> <span className="dim">stable</span>
          <span aria-hidden="true">→</span>
          <span className="mono">{nameOf(candidate)}</span> <span className="dim">candidate</span>
        </h2>
        <StatusWord tone={stateWords[replay.state].tone}>{stateWords[replay.state].word}</StatusWord>
        <span className="ml-auto flex flex-wrap gap-1.5">
          {replayed > 0 && (
            <ExportMenu
              source="agent-replay"
              query={toReplayExport({ agentId: replay.agentId, id: replay.id }, params)}
              count={null}
            />
          )}
          {replay.endedAt === null ? (
            <CancelButton replay={replay} />
          ) : (
            <Button
              icon={RotateCw}
              onClick={() => onProposed({ stable: stable.cid, candidate: candidate.cid })}
            >
              Other window
            </Button>
          )}
        </span>
      </section>
      <div className="bar py-2">
        <p className="text-12 sec">
          Events of <EnvBadge environment={environment} /> recorded <Time at={replay.from} form="instant" />{" "}
          to <Time at={replay.to} form="instant" />
          {replay.eventTypes.length > 0 && `, of type ${replay.eventTypes.join(", ")}`}, {matchedWord(replay)}
          . <RanWord replay={replay} /> <b>No effects left the sandbox.</b>
        </p>
      </div>
      <Progress replay={replay} />
    </>
  );
}

function matchedWord({ total, matched, maxEvents }: Replay): string {
  if (total === null) return `at most ${formatNumber(maxEvents)}`;
  if (matched > total) return `the first ${formatNumber(total)} of ${formatNumber(matched)}`;
  return `all ${formatNumber(total)}`;
}

function RanWord({ replay }: { replay: Replay }) {
  const { startedAt, endedAt, askedBy, configRevision, instance } = replay;
  const config = configRevision === 0 ? "the manifests’ settings" : `config ${configRevision}`;
  if (startedAt === null) return <>Asked for by {askedBy}.</>;
  return (
    <>
      {endedAt === null ? "Began" : "Ran"} <Time at={startedAt} form="instant" />
      {endedAt !== null && `, ${formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}`}, by {askedBy},
      on <span className="mono">{instance}</span>, {config} for both.
    </>
  );
}

/** How far it is while it goes on, and why it did not come to its end. */
function Progress({ replay }: { replay: Replay }) {
  const { state, reason, instance, total, scanned, matched, deadline } = replay;
  const replayed = replayedOf(replay.verdicts);
  if (state === "asked")
    return (
      <Banner tone="info" title={`Waiting for ${instance}.`}>
        A runtime that is there takes it at once; if none does within 20 s, this page says so.
      </Banner>
    );
  if (state === "running")
    return (
      <div className="rp-progress" role="status">
        <progress
          className="upload-progress"
          aria-label="Events compared"
          max={total ?? 1}
          {...(total !== null && { value: replayed })}
        />
        <p className="text-12 sec">
          {total === null
            ? `Reading the event topic again: ${formatNumber(scanned)} records looked at, ${formatNumber(matched)} are for this agent`
            : `${formatNumber(replayed)} of ${formatNumber(total)} events compared`}
          , until <Time at={deadline} form="clock" isQuiet /> at the latest
        </p>
      </div>
    );
  if (state === "finished") return null;
  const ran =
    total === null
      ? "before the first event ran"
      : `after ${formatNumber(replayed)} of ${formatNumber(total)} events`;
  return (
    <Banner tone={state === "cancelled" ? "info" : "crit"} title={`It ended ${ran}.`}>
      {state === "cancelled"
        ? "Somebody cancelled it. What was compared before stays."
        : (reason ?? "Its time was over.")}
    </Banner>
  );
}

function CancelButton({ replay: { agentId, environment, id } }: { replay: Replay }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refusal = useDeployRefusal(environment);
  const cancel = useMutation(
    trpc.replays.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.replays.pathFilter()),
      onError: (error) =>
        notify({ tone: "crit", title: "The replay was not cancelled.", detail: toShownError(error).message }),
    }),
  );
  return (
    <Button
      icon={Square}
      refused={refusal}
      isBusy={cancel.isPending}
      onClick={() => cancel.mutate({ agentId, environment, id })}
    >
      Cancel
    </Button>
  );
}
