"use client";

import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { onNotification, type Queued, queuedNotifications } from "./notify.ts";

const ToastStack = lazy(() => import("./toast-stack.tsx").then((module) => ({ default: module.ToastStack })));
const none: readonly Queued[] = [];

/** Shows what `notify` says. Once, in the layout; its code is fetched with the first notification. */
export function Toaster() {
  const queue = useSyncExternalStore(onNotification, queuedNotifications, () => none);
  const [wasUsed, setWasUsed] = useState(false);
  if (queue.length > 0 && !wasUsed) setWasUsed(true);
  if (!wasUsed) return null;
  return (
    <Suspense fallback={null}>
      <ToastStack queue={queue} />
    </Suspense>
  );
}
