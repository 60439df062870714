import { useId } from "react";

type SelectFieldProps<Value extends string> = {
  label: string;
  /** The label is only for those who cannot see what is around it. */
  isBare?: boolean;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of many, by the browser's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, isBare, value, options, onChange } = props;
  const id = useId();
  return (
    <div className={isBare ? undefined : "field"}>
      <label className={isBare ? "sr-only" : "field-label"} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
