import type { DashboardDetail } from "../../../../../../server/features/dashboards/schema.ts";
import type { RangeText } from "../../../../../_shell/time-range/presets.ts";

/** Pairs of Grafana's address: names come more than once where a variable has several values. */
export type FramePlace = readonly (readonly [name: string, value: string])[];

type Chosen = {
  range: RangeText;
  variables: DashboardDetail["variables"];
  chosen: Readonly<Record<string, readonly string[]>>;
};

/** The page's time range and variables as Grafana's address has them. All are named: what is left out would stay as it was. */
export function toFramePlace({ range, variables, chosen }: Chosen): FramePlace {
  const values = variables.flatMap(({ name }) =>
    (chosen[name] ?? ["$__all"]).map((value) => [`var-${name}`, value] as const),
  );
  return [["from", toGrafanaTime(range.from)], ["to", toGrafanaTime(range.to)], ...values];
}

/** What an address has that stays while the frame is there. `kiosk=` alone would mean nothing. */
export function frameAddress(
  origin: string,
  { uid, place, theme }: { uid: string; place: FramePlace; theme: "dark" | "light" },
): string {
  const fixed = [
    ["kiosk", "1"],
    ["theme", theme],
    ["_dash.hideTimePicker", "true"],
    ["_dash.hideVariables", "true"],
    ["_dash.hideLinks", "true"],
  ] as const;
  const search = new URLSearchParams([...place, ...fixed].map(([name, value]) => [name, value]));
  return `${origin}/d/${uid}?${search}`;
}

/** "now-3h" is Grafana's own way of writing; a moment is milliseconds there. */
function toGrafanaTime(text: string): string {
  const at = Date.parse(text);
  return text.startsWith("now") || Number.isNaN(at) ? text : String(at);
}
