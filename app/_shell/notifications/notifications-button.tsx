"use client";

import { useQuery } from "@tanstack/react-query";
import Bell from "lucide-react/icons/bell";
import { lazy, Suspense } from "react";
import { useTRPC } from "../../_client/trpc.tsx";
import { Icon } from "../../_ui/icon.tsx";
import { Popover } from "../../_ui/popover.tsx";

const NotificationList = lazy(() =>
  import("./notification-list.tsx").then((module) => ({ default: module.NotificationList })),
);

/** What happened that concerns the person, and how much of it they have not seen; live by their own room. */
export function NotificationsButton() {
  const { data } = useQuery(useTRPC().notifications.unread.queryOptions());
  const unread = data?.unread ?? 0;
  const words = unread === 0 ? "Notifications" : `Notifications, ${unread} unread`;
  return (
    <Popover
      label="Notifications"
      align="end"
      isWide
      trigger={(trigger) => (
        <button
          type="button"
          className="btn bellbtn"
          aria-label={words}
          data-tip={words}
          data-unread={unread > 0 || undefined}
          {...trigger}
        >
          <Icon of={Bell} size={14} />
          {unread > 0 && <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>}
        </button>
      )}
    >
      {(close) => (
        <Suspense fallback={<div className="notes h-50" />}>
          <NotificationList onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}
