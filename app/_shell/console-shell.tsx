"use client";

import { Fragment, type ReactNode, Suspense } from "react";
import { useLiveInvalidation, useLiveState, useOwnInvalidation } from "../_client/live/live-provider.tsx";
import { useNumberStyle } from "../_ui/looks.ts";
import { PausedProvider } from "../_ui/paused.tsx";
import { ConnectionNote } from "./connection-note.tsx";
import { JobTray } from "./jobs/job-tray.tsx";
import { Nav } from "./nav.tsx";
import type { Person } from "./person.ts";
import { PhoneTabs } from "./phone-tabs.tsx";
import { PrintInLight } from "./print-in-light.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { StatusBar } from "./status/status-bar.tsx";
import { useStayWhenOffline } from "./stay-when-offline.ts";
import { AsOfNote } from "./time-range/as-of-note.tsx";
import { Topbar } from "./topbar.tsx";
import { usePlace } from "./use-place.ts";

/** What stands around every page. */
export function ConsoleShell({ person, children }: { person: Person; children: ReactNode }) {
  const { network } = usePlace();
  useLiveInvalidation(network);
  useOwnInvalidation(person.id);
  useStayWhenOffline();
  return (
    <div className="app" data-network={network}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="netstrip" />
      <Nav person={person} />
      <Topbar />
      <main className="main" id="main" tabIndex={-1}>
        <Suspense fallback={null}>
          <ConnectionNote />
          <AsOfNote />
        </Suspense>
        <PausedByHand>
          <InNumberStyle>{children}</InNumberStyle>
        </PausedByHand>
      </main>
      <StatusBar />
      <JobTray />
      <PhoneTabs person={person} />
      <Shortcuts />
      <PrintInLight />
    </div>
  );
}

/** On its own, because the state of the connection changes with every message. */
function PausedByHand({ children }: { children: ReactNode }) {
  return <PausedProvider isPaused={useLiveState().kind === "paused"}>{children}</PausedProvider>;
}

/** Formatters are no hooks: another way of writing numbers draws the page anew. */
function InNumberStyle({ children }: { children: ReactNode }) {
  return <Fragment key={useNumberStyle()}>{children}</Fragment>;
}
