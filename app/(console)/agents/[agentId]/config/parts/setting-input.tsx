import { Checkbox } from "../../../../../_ui/checkbox.tsx";
import type { Edit, Field } from "./draft-values.ts";

type SettingInputProps = {
  field: Field;
  labelledBy: string;
  describedBy: string;
  value: unknown;
  isFaulty: boolean;
  onChange: (edit: Edit) => void;
};

/** The control that fits a field's type. */
export function SettingInput(props: SettingInputProps) {
  const { field, value, onChange } = props;
  switch (field.type) {
    case "boolean":
      return (
        <Checkbox label={value === true ? "on" : "off"} isChecked={value === true} onChange={onChange} />
      );
    case "set":
      return <Choices {...props} choices={field.enum} />;
    case "string":
      return field.enum ? <OneOf {...props} choices={field.enum} /> : <Line {...props} />;
    case "integer":
    case "number":
      return <Line {...props} unit={field.unit} isNumber />;
  }
}

type LineProps = SettingInputProps & { unit?: string | undefined; isNumber?: boolean };

function Line({ value, labelledBy, describedBy, isFaulty, onChange, unit, isNumber }: LineProps) {
  return (
    <div className="input w-full">
      <input
        value={value === undefined ? "" : String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
        inputMode={isNumber ? "decimal" : undefined}
        autoComplete="off"
        spellCheck={false}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={isFaulty || undefined}
      />
      {unit && <span className="end">{unit}</span>}
    </div>
  );
}

type ChoiceProps = SettingInputProps & { choices: readonly string[] };

/** A few stand beside each other; many are a list. */
function OneOf({ choices, value, labelledBy, describedBy, onChange }: ChoiceProps) {
  if (choices.length <= 5)
    return (
      <fieldset className="seg" aria-labelledby={labelledBy} aria-describedby={describedBy}>
        {choices.map((choice) => (
          <button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChange(choice)}>
            {choice}
          </button>
        ))}
      </fieldset>
    );
  return (
    <select
      className="input w-full"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      value={String(value ?? "")}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {value === undefined && <option value="">none</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}

function Choices({ choices, value, labelledBy, describedBy, onChange }: ChoiceProps) {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <fieldset
      className={"flex min-h-7 flex-wrap content-center items-center gap-x-4 gap-y-1"}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      {choices.map((choice) => (
        <Checkbox
          key={choice}
          label={choice}
          isChecked={chosen.includes(choice)}
          onChange={(isOn) =>
            onChange(choices.filter((one) => (one === choice ? isOn : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
}
