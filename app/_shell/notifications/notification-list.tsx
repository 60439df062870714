"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { NotificationRow } from "../../../server/features/notifications/schema.ts";
import { toShownError } from "../../_client/shown-error.ts";
import { useTRPC } from "../../_client/trpc.tsx";
import { Button } from "../../_ui/button.tsx";
import { EmptyState } from "../../_ui/empty-state.tsx";
import { ErrorState } from "../../_ui/error-state.tsx";
import { Glyph } from "../../_ui/glyph.tsx";
import { PanelSkeleton } from "../../_ui/panel-skeleton.tsx";
import { Time } from "../../_ui/time.tsx";

/** Newest first. What is opened is read; "Mark all read" leaves alone what came meanwhile. */
export function NotificationList({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.notifications.list.infiniteQueryOptions({}, { getNextPageParam: ({ next }) => next }),
  );
  const markRead = useMarkRead();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const [newest] = rows;
  const hasUnread = rows.some(({ isRead }) => !isRead);
  return (
    <div className="notes">
      <div className="notes-h">
        <h2>Notifications</h2>
        <span className="sp" />
        {newest && hasUnread && (
          <Button kind="ghost" size="small" onClick={() => markRead({ upTo: newest.id })}>
            Mark all read
          </Button>
        )}
      </div>
      {list.isPending && <PanelSkeleton height={120} />}
      {list.isError && !list.data && (
        <ErrorState
          what="notifications"
          error={toShownError(list.error)}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && rows.length === 0 && (
        <EmptyState title="Nothing happened that concerns you">
          Critical alerts of networks on which you may act, exports that end, new sign-ins of your account and
          invitations that are taken up are told here.
        </EmptyState>
      )}
      <ul className="notes-list">
        {rows.map((row) => (
          <li key={row.id} data-unread={!row.isRead || undefined}>
            <Note
              row={row}
              onOpen={() => {
                if (!row.isRead) markRead({ id: row.id });
                onClose();
              }}
            />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="notes-f">
          <Button
            kind="ghost"
            size="small"
            isBusy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Older
          </Button>
        </div>
      )}
    </div>
  );
}

function Note({ row, onOpen }: { row: NotificationRow; onOpen: () => void }) {
  const { href, tone, title, detail, at, isRead } = row;
  const content = (
    <>
      <Glyph tone={tone} size={10} />
      <span className="grid min-w-0">
        <b>
          {!isRead && <span className="sr-only">Unread: </span>}
          {title}
        </b>
        {detail !== "" && <span className="sec">{detail}</span>}
      </span>
      <span className="dim">
        <Time at={at} isQuiet />
      </span>
    </>
  );
  if (href === null)
    return (
      <button type="button" className="notes-i" onClick={onOpen}>
        {content}
      </button>
    );
  // A file is no page: the router would try to draw it.
  if (href.startsWith("/api/"))
    return (
      <a className="notes-i" href={href} download onClick={onOpen}>
        {content}
      </a>
    );
  return (
    <Link className="notes-i" href={href} onClick={onOpen}>
      {content}
    </Link>
  );
}

function useMarkRead() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mark = useMutation(
    trpc.notifications.markRead.mutationOptions({
      onSuccess: (unread) => {
        queryClient.setQueryData(trpc.notifications.unread.queryKey(), unread);
        return queryClient.invalidateQueries(trpc.notifications.list.pathFilter());
      },
    }),
  );
  return mark.mutate;
}
