import type { Panel } from "../../../../../../server/features/dashboards/schema.ts";
import { Figure } from "../../../../../_ui/figure.tsx";
import { noReading } from "../../../../../_ui/format/number.ts";
import { lookOf } from "./panel-units.ts";
import { separated } from "./separated.ts";

/** Text is exact: all its digits are there, those behind the point smaller. */
export function AnswerValue({ panel, value }: { panel: Panel; value: number | string | null }) {
  const sub = panel.description;
  if (value === null) return <Figure value={noReading} sub={sub} />;
  if (typeof value === "string") {
    const [whole = "", rest] = separated(value).split(".");
    return <Figure value={whole} unit={rest === undefined ? "" : `.${rest}`} sub={sub} />;
  }
  const { value: figure, unit } = lookOf(panel.unit).split(value);
  return <Figure value={figure} unit={unit} sub={sub} />;
}
