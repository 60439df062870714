import { metricCatalogue, metricOf } from "../../../../../../../server/features/alerts/metric-rules.ts";
import { Checkbox } from "../../../../../../_ui/checkbox.tsx";
import { Segmented } from "../../../../../../_ui/segmented.tsx";
import { TextField } from "../../../../../../_ui/text-field.tsx";
import { SelectField } from "../../../../../settings/select-field.tsx";
import { severityOptions } from "../../../parts/alert-looks.ts";
import type { ConditionKind, OwnDraft } from "./own-draft.ts";

const kinds = [
  { value: "threshold", label: "Threshold" },
  { value: "ratio", label: "Ratio" },
  { value: "absence", label: "Absence" },
  { value: "rate-of-change", label: "Change" },
  { value: "forecast", label: "Forecast" },
  { value: "burn-rate", label: "Burn rate" },
] as const satisfies readonly { value: ConditionKind; label: string }[];

const metrics = metricCatalogue.map(({ id, title }) => ({ value: id, label: title }));
const bounds = [
  { value: "above", label: "above" },
  { value: "below", label: "below" },
] as const;
const directions = [
  { value: "above", label: "rises to" },
  { value: "below", label: "falls to" },
] as const;

type FieldsProps = { draft: OwnDraft; set: (change: Partial<OwnDraft>) => void };

/** What people write of a rule of their own. */
export function OwnFields({ draft, set }: FieldsProps) {
  return (
    <>
      <TextField label="Name" value={draft.title} onChange={(title) => set({ title })} maxLength={80} />
      <SelectField label="Kind" options={kinds} value={draft.kind} onChange={(kind) => set({ kind })} />
      <ConditionFields draft={draft} set={set} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="For"
          unit="s"
          value={draft.forS}
          onChange={(forS) => set({ forS })}
          inputMode="numeric"
        />
        <TextField
          label="Nodes"
          value={draft.nodes}
          onChange={(nodes) => set({ nodes })}
          isMono
          hint="Names; * stands for anything."
        />
      </div>
      <Segmented
        label="Severity"
        options={severityOptions}
        value={draft.severity}
        onChange={(severity) => set({ severity })}
      />
      <TextField
        label="Labels"
        value={draft.labels}
        onChange={(labels) => set({ labels })}
        isMono
        hint="team = storage; area = eu. Routes look at them."
      />
      <TextField
        label="Runbook"
        value={draft.runbook}
        onChange={(runbook) => set({ runbook })}
        maxLength={500}
      />
      <Checkbox
        label="Evaluate this rule"
        isChecked={draft.isEnabled}
        onChange={(isEnabled) => set({ isEnabled })}
      />
    </>
  );
}

function ConditionFields({ draft, set }: FieldsProps) {
  const { kind } = draft;
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label={kind === "burn-rate" ? "What fails" : "Figure"}
        options={metrics}
        value={draft.metric}
        onChange={(metric) => set({ metric })}
      />
      {(kind === "ratio" || kind === "burn-rate") && (
        <SelectField
          label="Out of"
          options={metrics}
          value={draft.whole}
          onChange={(whole) => set({ whole })}
        />
      )}
      {kind !== "burn-rate" && (
        <TextField
          label={kind === "absence" ? "Not heard for" : "In a window of"}
          unit="min"
          value={draft.windowM}
          onChange={(windowM) => set({ windowM })}
          inputMode="numeric"
        />
      )}
      {kind !== "absence" && kind !== "burn-rate" && <LimitFields draft={draft} set={set} />}
      {kind === "forecast" && (
        <TextField
          label="In less than"
          unit="h"
          value={draft.withinH}
          onChange={(withinH) => set({ withinH })}
          inputMode="decimal"
        />
      )}
      {kind === "burn-rate" && (
        <TextField
          label="Objective"
          unit="%"
          value={draft.objective}
          onChange={(objective) => set({ objective })}
          inputMode="decimal"
          hint="Burns 14.4 times too fast over 1 h and 5 min, or 6 times over 6 h and 30 min."
        />
      )}
      {(kind === "ratio" || kind === "burn-rate") && (
        <TextField
          label="Of at least"
          value={draft.least}
          onChange={(least) => set({ least })}
          inputMode="numeric"
          hint="Fewer in the window say nothing."
        />
      )}
    </div>
  );
}

function LimitFields({ draft, set }: FieldsProps) {
  const { kind, metric, breach, limit } = draft;
  return (
    <>
      <SelectField
        label={kind === "forecast" ? "The line" : "Is"}
        options={kind === "forecast" ? directions : bounds}
        value={breach}
        onChange={(next) => set({ breach: next })}
      />
      <TextField
        label={kind === "forecast" ? "Level" : "Limit"}
        unit={kind === "ratio" ? "%" : metricOf(metric).unit}
        value={limit}
        onChange={(next) => set({ limit: next })}
        inputMode="decimal"
      />
    </>
  );
}
