import { useId } from "react";
import { cx } from "../../_ui/cx.ts";

type SelectFieldProps<Value extends string> = {
  label: string;
  /** The label is only for those who cannot see what is around it. */
  isBare?: boolean;
  isSmall?: boolean;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of many, by the browser's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, isBare, isSmall, value, options, onChange } = props;
  const id = useId();
  return (
    <div className={isBare ? undefined : "field"}>
      <label className={isBare ? "sr-only" : "field-label"} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={cx("input", isSmall && "input-sm")}
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
