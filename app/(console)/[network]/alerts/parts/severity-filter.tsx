import type { Severity } from "../../../../../server/features/alerts/schema.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { severityLooks } from "./alert-looks.ts";

const order = ["critical", "warning", "info"] as const;

type SeverityFilterProps = { chosen: readonly Severity[]; onChange: (chosen: Severity[]) => void };

/** None pressed shows all. */
export function SeverityFilter({ chosen, onChange }: SeverityFilterProps) {
  const toggle = (severity: Severity) =>
    onChange(
      order.filter((known) => (known === severity ? !chosen.includes(known) : chosen.includes(known))),
    );
  return (
    <fieldset className="seg" aria-label="Severity">
      {order.map((severity) => (
        <button
          key={severity}
          type="button"
          aria-pressed={chosen.includes(severity)}
          onClick={() => toggle(severity)}
        >
          <Glyph tone={severityLooks[severity].tone} size={9} />
          <span className="ml-1.5">{severityLooks[severity].word}</span>
        </button>
      ))}
    </fieldset>
  );
}
