"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Replay, ReplayEventDetail } from "../../../../../../server/features/replays/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { tabStopWhileScrolling } from "../../../../../_ui/tab-stop-while-scrolling.ts";
import { Time } from "../../../../../_ui/time.tsx";
import { OutputDiff } from "./output-diff.tsx";
import { nameOf, verdictTones, verdictWord } from "./verdict-words.ts";

type EventPanelProps = { replay: Replay; seq: number | null };
type Side = ReplayEventDetail["stable"];
type Look = "changes" | "whole";
const looks = [
  { value: "changes", label: "Changes" },
  { value: "whole", label: "Whole" },
] as const;

/** What both versions did with one event. */
export function EventPanel({ replay, seq }: EventPanelProps) {
  const { agentId, id } = replay;
  const trpc = useTRPC();
  const [look, setLook] = useState<Look>("changes");
  const query = useQuery(
    trpc.replays.event.queryOptions(
      { agentId, id, seq: seq ?? 0 },
      { enabled: seq !== null, placeholderData: keepPreviousData },
    ),
  );
  if (seq === null)
    return (
      <Panel
        title="Event"
        state={{ kind: "empty", title: "No event is open", children: "Choose one beside this, or press j." }}
      />
    );
  const event = query.data;
  if (!event) return <Panel title={`Event ${seq}`} state={queryState(query, "the event")} />;
  const canCompare = event.stable.output !== null || event.candidate.output !== null;
  return (
    <Panel
      title={`Event ${event.seq}`}
      sub={<StatusWord tone={verdictTones[event.verdict]}>{verdictWord(event.verdict, replay)}</StatusWord>}
      actions={canCompare && <Segmented label="Outputs" value={look} onChange={setLook} options={looks} />}
    >
      <div className="rp-sides">
        <SideFacts title={`${nameOf(replay.stable)} stable`} side={event.stable} />
        <SideFacts title={`${nameOf(replay.candidate)} candidate`} side={event.candidate} />
      </div>
      {canCompare ? (
        <OutputDiff before={event.stable} after={event.candidate} isWhole={look === "whole"} />
      ) : (
        event.stable.outcome === "finished" && <p className="dim text-12 py-2">{untold(event)}</p>
      )}
      <Failure title={nameOf(replay.candidate)} side={event.candidate} />
      <Failure title={nameOf(replay.stable)} side={event.stable} />
      <KeyValue items={factsOf(event)} />
    </Panel>
  );
}

function untold({ stable }: ReplayEventDetail): string {
  return stable.cid === null
    ? "Both gave nothing."
    : "Both gave the same, so it did not leave the runtime: it is known by its CID.";
}

function SideFacts({ title, side }: { title: string; side: Side }) {
  const { outcome, tookMs, cid, bytes, fetches, lines } = side;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <KeyValue
        items={[
          [
            "Output",
            cid === null ? (
              <span key="output" className={outcome === "failed" ? "t-crit" : "dim"}>
                {{ finished: "nothing", failed: "failed", unhandled: "not engaged" }[outcome]}
              </span>
            ) : (
              <span key="output">
                <Id value={cid} what="CID of the output" head={10} tail={5} showCopy />{" "}
                <span className="dim">{formatBytes(bytes ?? 0)}</span>
              </span>
            ),
          ],
          ["Time", `${formatMs(tookMs)} ms`],
          ["Held back", `${fetches} fetches, ${lines} log lines`],
        ]}
      />
    </section>
  );
}

function Failure({ title, side: { error, stack } }: { title: string; side: Side }) {
  if (error === null) return null;
  return (
    <section aria-label={`Failure of ${title}`} className="pb-2">
      <h3>
        Failure of <span className="mono">{title}</span>
      </h3>
      <pre ref={tabStopWhileScrolling} className="run-text">
        <b className="t-crit">{error}</b>
        {stack !== null && `\n${stack}`}
      </pre>
    </section>
  );
}

function factsOf(event: ReplayEventDetail) {
  const { eventId, eventType, vaultId, vaultScope, at, partition, offset, bytes } = event;
  return [
    [
      "Event",
      <span key="event">
        {eventType} <Id value={eventId} what="event id" showCopy />
      </span>,
    ],
    ["Recorded", <Time key="at" at={at} form="instant" />],
    [
      "Stands at",
      <span key="place">
        partition {partition}, offset <span className="mono">{offset}</span>,{" "}
        <span className="dim">{formatBytes(bytes)}</span>
      </span>,
    ],
    [
      "Vault",
      <span key="vault">
        <Id value={vaultId} what="vault" showCopy /> <span className="dim">scope {vaultScope}</span>
      </span>,
    ],
  ] as const;
}
