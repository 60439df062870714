"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Preferences } from "../../server/features/identity/schema.ts";
import { useTRPC } from "../_client/trpc.tsx";
import type { Zone } from "../_ui/format/time.ts";
import { setTheme, type ThemeChoice, useThemeChoice } from "../_ui/theme.ts";
import { setZone, useZone } from "../_ui/zone.ts";

/** A choice acts at once in this browser and is kept with the account for the others. */
export function usePreferences() {
  const theme = useThemeChoice();
  const zone = useZone();
  const trpc = useTRPC();
  const { mutate } = useMutation(trpc.identity.updatePreferences.mutationOptions());
  return {
    theme,
    zone,
    chooseTheme: (next: ThemeChoice) => {
      setTheme(next);
      mutate({ theme: next, zone });
    },
    chooseZone: (next: Zone) => {
      setZone(next);
      mutate({ theme, zone: next });
    },
  };
}

/** Brings what was chosen elsewhere into this browser. */
export function KeptPreferences({ theme, zone }: Preferences) {
  useEffect(() => setTheme(theme), [theme]);
  useEffect(() => setZone(zone), [zone]);
  return null;
}
