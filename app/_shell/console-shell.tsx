"use client";

import type { ReactNode } from "react";
import { useLiveInvalidation, useLiveState } from "../_client/live/live-provider.tsx";
import { PausedProvider } from "../_ui/paused.tsx";
import { Nav } from "./nav.tsx";
import type { Person } from "./person.ts";
import { PhoneTabs } from "./phone-tabs.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { StatusBar } from "./status/status-bar.tsx";
import { Topbar } from "./topbar.tsx";
import { usePlace } from "./use-place.ts";

/** What stands around every page. */
export function ConsoleShell({ person, children }: { person: Person; children: ReactNode }) {
  const { network } = usePlace();
  const isPaused = useLiveState().kind === "paused";
  useLiveInvalidation(network);
  return (
    <div className="app" data-network={network}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="netstrip" />
      <Nav person={person} />
      <Topbar />
      <main className="main" id="main" tabIndex={-1}>
        <PausedProvider isPaused={isPaused}>{children}</PausedProvider>
      </main>
      <StatusBar />
      <PhoneTabs person={person} />
      <Shortcuts />
    </div>
  );
}
