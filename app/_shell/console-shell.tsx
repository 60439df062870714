"use client";

import { type ReactNode, Suspense } from "react";
import { useLiveInvalidation, useLiveState } from "../_client/live/live-provider.tsx";
import { lazyView } from "../_ui/lazy-view.tsx";
import { PausedProvider } from "../_ui/paused.tsx";
import { Nav } from "./nav.tsx";
import type { Person } from "./person.ts";
import { PhoneTabs } from "./phone-tabs.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { StatusBar } from "./status/status-bar.tsx";
import { Topbar } from "./topbar.tsx";
import { usePlace } from "./use-place.ts";

/** Filters in the address; the frame itself does without. */
const AddressState = lazyView(() => import("nuqs/adapters/next/app").then((module) => module.NuqsAdapter));

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
        <PausedProvider isPaused={isPaused}>
          <Suspense fallback={null}>
            <AddressState>{children}</AddressState>
          </Suspense>
        </PausedProvider>
      </main>
      <StatusBar />
      <PhoneTabs person={person} />
      <Shortcuts />
    </div>
  );
}
