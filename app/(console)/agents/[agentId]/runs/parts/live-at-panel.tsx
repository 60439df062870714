"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { LiveAt } from "../../../../../../server/features/runs/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { agentHref } from "../../../agent-href.ts";
import { EnvBadge } from "../../../parts/env-badge.tsx";
import { shareWords } from "./live-rules.ts";

type LiveAtPanelProps = {
  agentId: string;
  at: string | null;
  /** The end of the page's time: the moment when none is chosen. */
  fallback: string;
  onAt: (at: string | null) => void;
};

/** What was live at one moment, which is typed or chosen in the tracks. */
export function LiveAtPanel({ agentId, at, fallback, onAt }: LiveAtPanelProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.runs.liveAt.queryOptions({ agentId, at: at ?? fallback }, { placeholderData: keepPreviousData }),
  );
  return (
    <QueryPanel
      title="Live at"
      sub={query.data && <Time at={query.data.at} form="instant" />}
      query={query}
      what="what was live at that time"
      actions={
        at !== null && (
          <Button size="small" onClick={() => onAt(null)}>
            End of the range
          </Button>
        )
      }
    >
      {(data) => (
        <>
          <MomentField key={data.at} moment={data.at} onAt={onAt} />
          <ul className="grid gap-2 pt-3">
            {data.places.map((place) => (
              <Place key={place.environment} agentId={agentId} place={place} />
            ))}
          </ul>
        </>
      )}
    </QueryPanel>
  );
}

const form = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?$/;

/** In UTC, as it stands in every log. */
function MomentField({ moment, onAt }: { moment: string; onAt: (at: string) => void }) {
  const [draft, setDraft] = useState(moment.slice(0, 19).replace("T", " "));
  const isTime = form.test(draft.trim()) && !Number.isNaN(Date.parse(toIso(draft)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isTime) onAt(new Date(toIso(draft)).toISOString());
      }}
    >
      <TextField
        label="Moment"
        unit="UTC"
        isMono
        value={draft}
        onChange={setDraft}
        problem={isTime ? null : "Write it like 2026-11-23 03:12:07."}
      />
    </form>
  );
}

function toIso(draft: string): string {
  return `${draft.trim().replace(" ", "T").replace(/Z$/, "")}Z`;
}

type PlaceProps = { agentId: string; place: LiveAt["places"][number] };

function Place({ agentId, place: { environment, span, configRevision } }: PlaceProps) {
  return (
    <li className="flex gap-3">
      <span className="w-16 flex-none">
        <EnvBadge environment={environment} />
      </span>
      {span ? (
        <span className="min-w-0">
          <span className="mono">{shareWords(span)}</span>{" "}
          <Link
            className="lk dim"
            href={`${agentHref(agentId, "deployments")}?env=${environment}`}
            prefetch={false}
          >
            SET {span.generation}
          </Link>
          {configRevision !== null && (
            <>
              <span className="dim">, </span>
              <Link
                className="lk dim"
                href={`${agentHref(agentId, "config")}?env=${environment}`}
                prefetch={false}
              >
                config {configRevision}
              </Link>
            </>
          )}
          <span className="dim">
            {" "}
            since <Time at={span.from} form="instant" isQuiet />, {span.author}
          </span>
        </span>
      ) : (
        <span className="dim">nothing was deployed yet</span>
      )}
    </li>
  );
}
