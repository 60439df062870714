"use client";

import { usePreferences } from "../../../../_shell/use-preferences.ts";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import type { NumberStyle } from "../../../../_ui/request-looks.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";

/** How somebody wants to see the console, in every browser they sign in with. */
export function PreferencesPanel() {
  const chosen = usePreferences();
  const { theme, zone, numbers, density } = chosen;
  const chooseNumbers = (next: NumberStyle) => {
    chosen.chooseNumbers(next);
    // The page is drawn anew: the keyboard stays where it was.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[aria-label="Numbers"] [aria-pressed="true"]')?.focus(),
    );
  };
  const rows = [
    <Segmented
      key="Theme"
      label="Theme"
      value={theme}
      onChange={chosen.chooseTheme}
      options={[
        { value: "system", label: "As the system" },
        { value: "dark", label: "Dark" },
        { value: "light", label: "Light" },
      ]}
    />,
    <Segmented
      key="Times"
      label="Times"
      value={zone}
      onChange={chosen.chooseZone}
      options={[
        { value: "utc", label: "UTC" },
        { value: "local", label: "Your time" },
      ]}
    />,
    <Segmented
      key="Numbers"
      label="Numbers"
      value={numbers}
      onChange={chooseNumbers}
      options={[
        { value: "comma", label: "1,234.5" },
        { value: "point", label: "1.234,5" },
        { value: "space", label: "1\u202f234.5" },
      ]}
    />,
    <Segmented
      key="Rows"
      label="Rows"
      value={density}
      onChange={chosen.chooseDensity}
      options={[
        { value: "normal", label: "Normal" },
        { value: "compact", label: "Compact" },
      ]}
    />,
  ];
  return (
    <Panel title="Preferences" sub="kept with the account">
      <KeyValue items={rows.map((row) => [row.props.label, row])} />
    </Panel>
  );
}
