"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import type { Preferences } from "../../server/features/identity/schema.ts";
import { LiveProvider } from "../_client/live/live-provider.tsx";
import { TRPCProvider } from "../_client/trpc.tsx";
import { ConsoleShell } from "./console-shell.tsx";
import type { Person } from "./person.ts";
import { SessionGuard } from "./session-guard.tsx";
import { KeptPreferences } from "./use-preferences.ts";

type ConsoleRootProps = { person: Person; preferences: Preferences; children: ReactNode };

/** What pages may rely on: queries, live rooms, filters in the address, and the shell around them. */
export function ConsoleRoot({ person, preferences, children }: ConsoleRootProps) {
  return (
    <TRPCProvider>
      <LiveProvider>
        <NuqsAdapter>
          <KeptPreferences {...preferences} />
          <SessionGuard />
          <ConsoleShell person={person}>{children}</ConsoleShell>
        </NuqsAdapter>
      </LiveProvider>
    </TRPCProvider>
  );
}
