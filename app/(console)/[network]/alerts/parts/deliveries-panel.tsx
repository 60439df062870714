"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Delivery } from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph, type Tone } from "../../../../_ui/glyph.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { kindWords } from "./route-words.ts";
import { useRefreshNotify } from "./use-refresh-notify.ts";

const filters = [
  { value: "all", label: "All" },
  { value: "open", label: "Waiting" },
  { value: "failed", label: "Not taken" },
  { value: "delivered", label: "Taken" },
] as const;
type Filter = (typeof filters)[number]["value"];

const looks: Record<Delivery["state"], { tone: Tone; word: string }> = {
  waiting: { tone: "info", word: "waits" },
  sending: { tone: "info", word: "being sent" },
  delivered: { tone: "ok", word: "taken" },
  failed: { tone: "crit", word: "not taken" },
};

const nothing = {
  title: "No messages",
  children: "Each message to a receiver stands here, with every attempt and what was answered.",
};

/** The log of what was told to whom, and how that went. */
export function DeliveriesPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const [filter, setFilter] = useState<Filter>("all");
  const pages = useInfiniteQuery(
    trpc.notify.deliveries.infiniteQueryOptions(
      { network, ...(filter !== "all" && { state: filter }) },
      { getNextPageParam: (page) => page.next },
    ),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Sheet>
      <Panel
        title="Messages"
        sub="newest first"
        isFlush
        actions={<Segmented label="Which" options={filters} value={filter} onChange={setFilter} />}
        state={queryState(pages, "the messages", () => (rows.length > 0 ? null : nothing))}
      >
        <table className="tbl tbl-two" aria-label="Messages">
          <thead>
            <tr>
              <th scope="col">Made</th>
              <th scope="col">To</th>
              <th scope="col">Message</th>
              <th scope="col">Outcome</th>
              <th scope="col" className="num">
                Attempts
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <DeliveryRow key={row.id} network={network} row={row} />
            ))}
          </tbody>
        </table>
        {pages.hasNextPage && (
          <div className="px-4 py-2">
            <Button size="small" isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
    </Sheet>
  );
}

function DeliveryRow({ network, row }: { network: NetworkName; row: Delivery }) {
  const { tone, word } = looks[row.state];
  return (
    <tr>
      <td>
        <Time at={row.madeAt} isQuiet />
      </td>
      <td>
        <span className="two">
          <span>{row.receiver}</span>
          <span className="dim">
            {kindWords[row.kind]}, route {row.route}
          </span>
        </span>
      </td>
      <td>
        <span className="two">
          <span className="truncate">{row.title}</span>
          <span className="dim">{row.alerts.length === 1 ? "1 change" : `${row.alerts.length} changes`}</span>
        </span>
      </td>
      <td>
        <span className="two">
          <span className={tone === "crit" ? "t-crit" : undefined}>
            <Glyph tone={tone} size={9} /> {word}
            {row.tookMs !== null && row.state === "delivered" && ` in ${Math.round(row.tookMs)} ms`}
            {row.nextAt !== null && (
              <>
                , again <Time at={row.nextAt} isQuiet />
              </>
            )}
          </span>
          <span className="dim truncate">
            {row.status === null ? "" : `${row.status} `}
            {row.answer}
          </span>
        </span>
      </td>
      <td className="num">{row.attempts}</td>
      <td>
        {(row.state === "failed" || row.state === "waiting") && <RetryButton network={network} row={row} />}
      </td>
    </tr>
  );
}

function RetryButton({ network, row }: { network: NetworkName; row: Delivery }) {
  const client = useTRPCClient();
  const onSuccess = useRefreshNotify();
  const refusal = useRefusal("operator", network);
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.notify.retry.mutate({ network, id: row.id }),
    onSuccess,
    onError: (error) => notify({ tone: "crit", title: "Not sent", detail: toShownError(error).message }),
  });
  return (
    <Button
      size="small"
      refused={refusal}
      isBusy={isPending}
      onClick={() => mutate()}
      aria-label={`Send ${row.title} to ${row.receiver} again`}
    >
      Send again
    </Button>
  );
}
