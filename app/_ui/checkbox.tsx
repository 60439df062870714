"use client";

import { useEffect, useId, useRef } from "react";

type CheckboxProps = {
  isChecked: boolean;
  isPartly?: boolean;
  onChange: (isChecked: boolean) => void;
  /** The word beside it, or only its name when `isBare`. */
  label: string;
  isBare?: boolean;
  refused?: string | null;
  tabIndex?: number;
};

export function Checkbox(props: CheckboxProps) {
  const { isChecked, isPartly = false, onChange, label, isBare, refused, tabIndex } = props;
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly;
  }, [isPartly]);
  const input = (
    <input
      ref={box}
      id={id}
      type="checkbox"
      className="cb"
      checked={isChecked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      disabled={Boolean(refused)}
      aria-label={isBare ? label : undefined}
      tabIndex={tabIndex}
    />
  );
  if (isBare) return input;
  return (
    <span className="check" data-tip={refused ?? undefined}>
      {input}
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
