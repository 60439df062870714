"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Alert, Assignee } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { ErrorState } from "../../../../_ui/error-state.tsx";
import { PanelSkeleton } from "../../../../_ui/panel-skeleton.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { useReview } from "./use-review.ts";

type AssignDialogProps = {
  network: NetworkName;
  alerts: readonly Alert[];
  onClose: () => void;
  onDone?: () => void;
};

/** Who is to look after it: whoever may act on the network. Enter takes the first that the name fits. */
export function AssignDialog({ network, alerts, onClose, onDone }: AssignDialogProps) {
  const trpc = useTRPC();
  const review = useReview(network);
  const { data: me } = useQuery(trpc.identity.me.queryOptions(undefined, { refetchInterval: false }));
  const [text, setText] = useState("");
  const query = useInfiniteQuery(
    trpc.alerts.assignees.infiniteQueryOptions(
      { network, ...(text.trim() !== "" && { text: text.trim() }) },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  const people = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const state = queryState(query, "the people");
  const [only] = alerts;
  const give = (owner: Assignee | null) => {
    review.run(alerts, { kind: "assign", owner });
    onClose();
    onDone?.();
  };
  const [first] = people;
  const canTakeAway = alerts.some(
    ({ ownerId, acknowledgedAt }) => ownerId !== null && acknowledgedAt === null,
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={alerts.length === 1 && only ? `Assign ${only.title}` : `Assign ${alerts.length} alerts`}
      description="It stays where it is until they acknowledge it; the bell tells them."
      onSubmit={() => first && !query.isPlaceholderData && give(first)}
      footer={
        <>
          {canTakeAway && (
            <Button kind="ghost" onClick={() => give(null)}>
              To nobody
            </Button>
          )}
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField label="Name" value={text} onChange={setText} maxLength={200} autoComplete="off" />
        {state.kind === "pending" && <PanelSkeleton />}
        {state.kind === "failed" && <ErrorState {...state} />}
        {query.data && people.length === 0 && (
          <p className="sec">Nobody with this name may act on {network}.</p>
        )}
        <ul className="max-h-64 overflow-auto" aria-label="Who may act here">
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" className="menu-i w-full justify-between" onClick={() => give(person)}>
                <span className="truncate">
                  {person.name}
                  {person.id === me?.id && <span className="dim"> (you)</span>}
                </span>
                <span className="dim">{person.open === 0 ? "has none" : `has ${person.open}`}</span>
              </button>
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <div>
            <Button size="small" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
