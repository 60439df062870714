"use client";

import { useEffect } from "react";
import type { Preferences, UpdatePreferencesInput } from "../../server/features/identity/schema.ts";
import { toShownError } from "../_client/shown-error.ts";
import { useTRPCClient } from "../_client/trpc.tsx";
import type { Zone } from "../_ui/format/time.ts";
import { setDensity, useDensity, useNumberStyle } from "../_ui/looks.ts";
import { notify } from "../_ui/notify.ts";
import { setNumberStyle } from "../_ui/number-style.ts";
import type { Density, NumberStyle } from "../_ui/request-looks.ts";
import { setTheme, type ThemeChoice, useThemeChoice } from "../_ui/theme.ts";
import { setZone, useZone } from "../_ui/zone.ts";

/** A choice acts at once in this browser and is kept with the account for the others. */
export function usePreferences() {
  const theme = useThemeChoice();
  const zone = useZone();
  const numbers = useNumberStyle();
  const density = useDensity();
  const client = useTRPCClient();
  const keep = (next: UpdatePreferencesInput) => {
    client.identity.updatePreferences.mutate(next).catch((error: unknown) => {
      notify({ tone: "warn", title: "Kept in this browser only.", detail: toShownError(error).message });
    });
  };
  return {
    theme,
    zone,
    numbers,
    density,
    chooseTheme: (next: ThemeChoice) => {
      setTheme(next);
      keep({ theme: next });
    },
    chooseZone: (next: Zone) => {
      setZone(next);
      keep({ zone: next });
    },
    chooseNumbers: (next: NumberStyle) => {
      setNumberStyle(next);
      keep({ numbers: next });
    },
    chooseDensity: (next: Density) => {
      showDensity(next);
      keep({ density: next });
    },
  };
}

/** Brings what was chosen elsewhere into this browser. */
export function KeptPreferences({ theme, zone, numbers, density }: Preferences) {
  useEffect(() => setTheme(theme), [theme]);
  useEffect(() => {
    setZone(zone);
    delete document.documentElement.dataset.clock;
  }, [zone]);
  useEffect(() => setNumberStyle(numbers), [numbers]);
  useEffect(() => showDensity(density), [density]);
  return null;
}

function showDensity(next: Density): void {
  document.documentElement.dataset.density = next;
  setDensity(next);
}
