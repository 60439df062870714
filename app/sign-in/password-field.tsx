"use client";

import "./sign-in.css";
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { type ComponentPropsWithRef, type ReactNode, useId, useState } from "react";
import { cx } from "../_ui/cx.ts";
import { IconButton } from "../_ui/icon-button.tsx";
import { useEarlyTyping } from "../_ui/use-early-typing.ts";

type PasswordFieldProps = Pick<
  ComponentPropsWithRef<"input">,
  "ref" | "autoFocus" | "disabled" | "minLength"
> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Tells password managers whether to offer the kept one or to make one. */
  autoComplete: "current-password" | "new-password";
  hint?: ReactNode;
  isTall?: boolean;
};

export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onChange, hint, isTall, ...input } = props;
  const [isShown, setShown] = useState(false);
  const id = useId();
  useEarlyTyping(id, value, onChange);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={cx("input", isTall && "input-tall")}>
        <input
          {...input}
          id={id}
          name={input.autoComplete}
          type={isShown ? "text" : "password"}
          required
          maxLength={128}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        <IconButton
          icon={isShown ? EyeOff : Eye}
          label={isShown ? "Hide password" : "Show password"}
          onClick={() => setShown(!isShown)}
        />
      </div>
      {hint && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
