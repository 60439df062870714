"use client";

import { useState } from "react";
import type { ShownError } from "../../../../_client/shown-error.ts";
import { Checkbox } from "../../../../_ui/checkbox.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { fieldText, type PolicyField, readField, readNames } from "./policy-fields.ts";

type Policy<Name extends string> = Record<Name, number> & { isOn: boolean; names?: readonly string[] };

type PolicyDialogProps<Name extends string> = {
  title: string;
  /** What the switch turns on. */
  switchLabel: string;
  policy: Policy<Name>;
  fields: readonly PolicyField<Name>[];
  isBusy: boolean;
  error: ShownError | null;
  onSave: (change: { isOn: boolean; numbers: Record<Name, number>; names: string[]; reason: string }) => void;
  onClose: () => void;
};

/** Its numbers in the units of people, refused where they are out of bounds, with a reason. */
export function PolicyDialog<Name extends string>(props: PolicyDialogProps<Name>) {
  const { title, switchLabel, policy, fields, isBusy, error, onSave, onClose } = props;
  const [isOn, setIsOn] = useState(policy.isOn);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, fieldText(field, policy[field.name])])),
  );
  const [names, setNames] = useState(policy.names?.join("\n") ?? "");
  const read = fields.map((field) => ({ field, answer: readField(field, texts[field.name] ?? "") }));
  const numbers = read.flatMap(({ field, answer }) =>
    "value" in answer ? [[field.name, answer.value] as const] : [],
  );
  const isReady = numbers.length === fields.length;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={title}
      description="Counts from the next question on. It stands in the audit log with your reason."
      action="Change"
      asksReason
      isBusy={isBusy}
      error={error}
      onConfirm={({ reason }) =>
        isReady &&
        onSave({
          isOn,
          numbers: Object.fromEntries(numbers) as Record<Name, number>,
          names: readNames(names),
          reason,
        })
      }
    >
      <Checkbox label={switchLabel} isChecked={isOn} onChange={setIsOn} />
      {policy.names && (
        <label className="field">
          <span className="field-label">CNS names to ask for, one a line</span>
          <textarea
            className="input mono"
            style={{ height: 72, padding: "6px 8px" }}
            value={names}
            onChange={(event) => setNames(event.currentTarget.value)}
          />
        </label>
      )}
      {read.map(({ field, answer }) => (
        <TextField
          key={field.name}
          label={field.label}
          unit={field.unit}
          value={texts[field.name] ?? ""}
          onChange={(text) => setTexts({ ...texts, [field.name]: text })}
          inputMode="decimal"
          problem={"problem" in answer ? answer.problem : null}
        />
      ))}
    </ConfirmDialog>
  );
}
