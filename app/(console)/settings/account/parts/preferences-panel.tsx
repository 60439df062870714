"use client";

import type { ComponentProps, ReactNode } from "react";
import { usePreferences } from "../../../../_shell/use-preferences.ts";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import type { NumberStyle } from "../../../../_ui/request-looks.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";

/** How somebody wants to see the console, in every browser they sign in with. */
export function PreferencesPanel() {
  const { theme, zone, numbers, density, ...chosen } = usePreferences();
  const chooseNumbers = (next: NumberStyle) => {
    chosen.chooseNumbers(next);
    // The page is drawn anew: the keyboard stays where it was.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[aria-label="Numbers"] [aria-pressed="true"]')?.focus(),
    );
  };
  return (
    <Panel title="Preferences" sub="kept with the account">
      <KeyValue
        items={[
          row({ label: "Theme", options: themes, value: theme, onChange: chosen.chooseTheme }),
          row({ label: "Times", options: zones, value: zone, onChange: chosen.chooseZone }),
          row({ label: "Numbers", options: numberStyles, value: numbers, onChange: chooseNumbers }),
          row({ label: "Rows", options: densities, value: density, onChange: chosen.chooseDensity }),
        ]}
      />
    </Panel>
  );
}

function row<Value extends string>(choice: ComponentProps<typeof Segmented<Value>>): [string, ReactNode] {
  return [choice.label, <Segmented key={choice.label} {...choice} />];
}

const themes = [
  { value: "system", label: "As the system" },
  { value: "dark", label: "Dark" },
  { value: "light", label: "Light" },
] as const;
const zones = [
  { value: "utc", label: "UTC" },
  { value: "local", label: "Your time" },
] as const;
const numberStyles = [
  { value: "comma", label: "1,234.5" },
  { value: "point", label: "1.234,5" },
  { value: "space", label: "1\u202f234.5" },
] as const;
const densities = [
  { value: "normal", label: "Normal" },
  { value: "compact", label: "Compact" },
] as const;
