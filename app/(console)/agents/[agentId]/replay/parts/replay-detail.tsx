"use client";

import { useQuery } from "@tanstack/react-query";
import { replayedOf } from "../../../../../../server/features/replays/replay-rules.ts";
import type { ReplayDetail as Detail } from "../../../../../../server/features/replays/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import type { ReplayChange, ReplayParams } from "../search-params.ts";
import { BothVersions } from "./both-versions.tsx";
import { DifferencesPanel } from "./differences-panel.tsx";
import { EffectsPanel } from "./effects-panel.tsx";
import { EventPanel } from "./event-panel.tsx";
import { EventsPanel } from "./events-panel.tsx";
import { lookEveryMs, openEveryMs } from "./refetch-pace.ts";
import { ReplayBar } from "./replay-bar.tsx";
import { TimesPanel } from "./times-panel.tsx";
import { VerdictBar } from "./verdict-bar.tsx";

type ReplayDetailProps = {
  agentId: string;
  id: string;
  params: ReplayParams;
  onChange: (change: ReplayChange) => void;
  /** The same two versions, for another window. */
  onProposed: (proposed: { stable: string; candidate: string }) => void;
};

/** One replay: how far it is, its verdicts, both versions side by side, and each event that is worth a look. */
export function ReplayDetail({ agentId, id, params, onChange, onProposed }: ReplayDetailProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.replays.get.queryOptions(
      { agentId, id },
      { refetchInterval: ({ state }) => (state.data?.replay.endedAt === null ? openEveryMs : lookEveryMs) },
    ),
  );
  const detail = query.data;
  if (!detail)
    return (
      <Sheet>
        <Panel title={`Replay ${id}`} state={queryState(query, "the replay")} />
      </Sheet>
    );
  const { replay } = detail;
  return (
    <>
      <ReplayBar detail={detail} params={params} onProposed={onProposed} />
      {replayedOf(replay.verdicts) > 0 ? (
        <Findings detail={detail} params={params} onChange={onChange} />
      ) : (
        <Sheet>
          <Panel title="Events" state={nothingYet(detail)} />
        </Sheet>
      )}
    </>
  );
}

type FindingsProps = { detail: Detail } & Pick<ReplayDetailProps, "params" | "onChange">;

function Findings({ detail, params, onChange }: FindingsProps) {
  const { replay } = detail;
  const filter = (change: ReplayChange) => onChange({ event: null, ...change });
  return (
    <>
      <VerdictBar replay={replay} chosen={params.verdict} onChoose={(verdict) => filter({ verdict })} />
      <Sheet columns="minmax(0, 444fr) minmax(0, 430fr) minmax(0, 356fr)">
        <BothVersions detail={detail} />
        <TimesPanel detail={detail} />
        <EffectsPanel detail={detail} />
      </Sheet>
      <Sheet columns="minmax(0, 478fr) minmax(0, 572fr)">
        <div className="rp-side">
          <DifferencesPanel detail={detail} params={params} onChoose={filter} />
          <EventsPanel replay={replay} params={params} onChange={onChange} />
        </div>
        <div className="rp-event">
          <EventPanel replay={replay} seq={params.event} />
        </div>
      </Sheet>
    </>
  );
}

function nothingYet({ replay }: Detail) {
  if (replay.endedAt === null)
    return {
      kind: "empty" as const,
      title: "No event has run yet",
      children: "They appear here as they are compared.",
    };
  if (replay.state === "finished")
    return {
      kind: "empty" as const,
      title: "No event in this window",
      children: `${replay.scanned.toLocaleString("en")} records of the event topic were looked at, and none is for this agent and an event that one of the versions engages. Choose an earlier start: the topic reaches as far back as it keeps its records.`,
    };
  return { kind: "empty" as const, title: "No event ran", children: "It ended before the first one." };
}
