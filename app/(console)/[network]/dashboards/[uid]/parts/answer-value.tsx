import type { Panel } from "../../../../../../server/features/dashboards/schema.ts";
import { Figure } from "../../../../../_ui/figure.tsx";
import { noReading } from "../../../../../_ui/format/number.ts";
import { lookOf } from "./panel-units.ts";

/** Text is exact and stays as it came, but for separators between thousands. */
export function AnswerValue({ panel, value }: { panel: Panel; value: number | string | null }) {
  if (typeof value === "string") return <Figure value={separated(value)} />;
  const { value: figure, unit } = lookOf(panel.unit).split(value);
  return <Figure value={value === null ? noReading : figure} unit={value === null ? "" : unit} />;
}

function separated(decimal: string): string {
  const [whole = "", rest] = decimal.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
