"use client";

import { lazy, Suspense } from "react";
import { useIsTrayOpen } from "./tray-choice.ts";

const Panel = lazy(() => import("./job-tray-panel.tsx").then((module) => ({ default: module.JobTrayPanel })));

/** What runs for this person in the background. Its code comes when it is opened. */
export function JobTray() {
  if (!useIsTrayOpen()) return null;
  return (
    <Suspense fallback={null}>
      <Panel />
    </Suspense>
  );
}
