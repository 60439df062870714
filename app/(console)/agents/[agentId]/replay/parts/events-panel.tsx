"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Replay, ReplayEventRow } from "../../../../../../server/features/replays/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { Kbd } from "../../../../../_ui/kbd.tsx";
import { PagedPanel } from "../../../../../_ui/paged-panel.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useKey } from "../../../../../_ui/use-key.ts";
import { noReplayFilter, type ReplayChange, type ReplayParams, toEventsInput } from "../search-params.ts";
import { nameOf, verdictTones, verdictWord } from "./verdict-words.ts";

type EventsPanelProps = {
  replay: Replay;
  params: ReplayParams;
  onChange: (change: ReplayChange) => void;
};

const perPage = 25;

/** Each event, the worst first; j and k go from one to the next. */
export function EventsPanel({ replay, params, onChange }: EventsPanelProps) {
  const { agentId, id } = replay;
  const trpc = useTRPC();
  const input = toEventsInput({ agentId, id }, params);
  const pages = useInfiniteQuery(
    trpc.replays.events.infiniteQueryOptions(
      { ...input, limit: perPage },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const at = rows.findIndex(({ seq }) => seq === params.event);
  const openAt = (index: number) => {
    const row = rows[index];
    return row ? () => onChange({ event: row.seq }) : null;
  };
  useKey("j", openAt(at + 1));
  useKey("k", at > 0 ? openAt(at - 1) : null);
  useKey("Escape", at >= 0 ? () => onChange({ event: null }) : null);
  const isFiltered = params.verdict !== null || params.path !== null || params.error !== null;
  return (
    <PagedPanel
      title="Events"
      sub={isFiltered ? "of the filter, worst first" : "worst first"}
      query={pages}
      what="the events"
      shown={rows.length}
      actions={
        isFiltered ? (
          <Button size="small" onClick={() => onChange(noReplayFilter)}>
            Show all
          </Button>
        ) : (
          <span className="text-12 dim rp-keys">
            <Kbd>j</Kbd> <Kbd>k</Kbd> next
          </span>
        )
      }
      empty={() => ({ title: "No such event", children: "None of those that ran fits the filter." })}
    >
      <EventsTable
        replay={replay}
        rows={rows}
        opened={params.event}
        onOpen={(event) => onChange({ event })}
      />
    </PagedPanel>
  );
}

type EventsTableProps = {
  replay: Replay;
  rows: readonly ReplayEventRow[];
  opened: number | null;
  onOpen: (seq: number) => void;
};

function EventsTable({ replay, rows, opened, onOpen }: EventsTableProps) {
  return (
    <table className="tbl tbl-compact rp-events" aria-label="Events">
      <thead>
        <tr>
          <th scope="col">Recorded</th>
          <th scope="col">Verdict</th>
          <th scope="col" className="num">
            {nameOf(replay.stable)} ms
          </th>
          <th scope="col" className="num">
            {nameOf(replay.candidate)} ms
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.seq} data-opened={row.seq === opened || undefined}>
            <td>
              <button
                type="button"
                className="lk mono"
                aria-expanded={row.seq === opened}
                onClick={() => onOpen(row.seq)}
              >
                <Time at={row.at} form="clock" isQuiet />
              </button>
            </td>
            <td>
              <span className="rp-what">
                <Glyph tone={verdictTones[row.verdict]} /> {verdictWord(row.verdict, replay)}{" "}
                <span className="dim">{detailOf(row)}</span>
              </span>
            </td>
            <td className="num">{sideOf(row.stable)}</td>
            <td className="num">{sideOf(row.candidate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sideOf({ outcome, tookMs }: ReplayEventRow["stable"]) {
  if (outcome === "failed") return <span className="t-crit">failed</span>;
  return outcome === "unhandled" ? <span className="dim">not engaged</span> : formatMs(tookMs);
}

/** In a few words: the first places, or the error. */
function detailOf({ verdict, paths, stable, candidate, eventType }: ReplayEventRow): string {
  if (verdict === "new_error") return candidate.error ?? "";
  if (verdict === "fixed_error") return stable.error ?? "";
  if (verdict !== "different") return eventType;
  if (candidate.error !== null) return `${stable.error} → ${candidate.error}`;
  return paths.map(({ path, kind }) => `${path} ${kind}`).join(", ");
}
