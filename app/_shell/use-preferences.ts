"use client";

import { useEffect } from "react";
import type { Preferences } from "../../server/features/identity/schema.ts";
import { toShownError } from "../_client/shown-error.ts";
import { useTRPCClient } from "../_client/trpc.tsx";
import type { Zone } from "../_ui/format/time.ts";
import { notify } from "../_ui/notify.ts";
import { setTheme, type ThemeChoice, useThemeChoice } from "../_ui/theme.ts";
import { setZone, useZone } from "../_ui/zone.ts";

/** A choice acts at once in this browser and is kept with the account for the others. */
export function usePreferences() {
  const theme = useThemeChoice();
  const zone = useZone();
  const client = useTRPCClient();
  const keep = (next: Preferences) => {
    client.identity.updatePreferences.mutate(next).catch((error: unknown) => {
      notify({ tone: "warn", title: "Kept in this browser only.", detail: toShownError(error).message });
    });
  };
  return {
    theme,
    zone,
    chooseTheme: (next: ThemeChoice) => {
      setTheme(next);
      keep({ theme: next, zone });
    },
    chooseZone: (next: Zone) => {
      setZone(next);
      keep({ theme, zone: next });
    },
  };
}

/** Brings what was chosen elsewhere into this browser. */
export function KeptPreferences({ theme, zone }: Preferences) {
  useEffect(() => setTheme(theme), [theme]);
  useEffect(() => setZone(zone), [zone]);
  return null;
}
