"use client";

import { type ComponentPropsWithRef, type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";
import { useEarlyTyping } from "./use-early-typing.ts";

export type TextFieldProps = Omit<ComponentPropsWithRef<"input">, "size" | "onChange"> & {
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with the value, in a sentence. */
  problem?: string | null | undefined;
  hint?: ReactNode;
  unit?: string;
  size?: "normal" | "touch";
  isMono?: boolean;
};

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, problem, hint, unit, size, isMono, className, ...rest } = props;
  const id = useId();
  useEarlyTyping(id, value, onChange);
  const noteId = `${id}-note`;
  const hasNote = Boolean(problem) || hint !== undefined;
  return (
    <div className={cx("field", className)}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={cx("input", size === "touch" && "input-touch", isMono && "mono")}>
        <input
          {...rest}
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={hasNote ? noteId : undefined}
        />
        {unit && <span className="end">{unit}</span>}
      </div>
      {hasNote && <FieldNote id={noteId} problem={problem} hint={hint} />}
    </div>
  );
}

function FieldNote({
  id,
  problem,
  hint,
}: {
  id: string;
  problem: string | null | undefined;
  hint: ReactNode;
}) {
  if (!problem)
    return (
      <div className="hint" id={id}>
        {hint}
      </div>
    );
  return (
    <div className="hint t-crit" id={id} role="alert">
      <Glyph tone="crit" size={9} /> {problem}
    </div>
  );
}
