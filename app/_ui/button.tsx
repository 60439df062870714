import Lock from "lucide-react/icons/lock";
import type { ComponentPropsWithRef } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconType } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";
import { Spinner } from "./spinner.tsx";

export type ButtonKind = "default" | "primary" | "ghost" | "danger" | "danger-solid";

export type ButtonProps = Omit<ComponentPropsWithRef<"button">, "disabled"> & {
  kind?: ButtonKind;
  size?: "normal" | "small" | "touch";
  icon?: IconType;
  /** A single key that does the same, shown on the button. */
  shortcut?: string;
  /** Why it cannot be used now ("Needs role admin"). The button stays visible and focusable, and says so. */
  refused?: string | null | undefined;
  isBusy?: boolean;
};

export function Button(props: ButtonProps) {
  const {
    kind = "default",
    size = "normal",
    icon,
    shortcut,
    refused,
    isBusy,
    className,
    children,
    onClick,
    ...rest
  } = props;
  const isOff = Boolean(refused) || isBusy === true;
  return (
    <button
      type="button"
      {...rest}
      className={cx("btn", kind !== "default" && `btn-${kind}`, sizes[size], className)}
      aria-disabled={refused ? true : undefined}
      aria-busy={isBusy || undefined}
      data-tip={refused ?? undefined}
      onClick={isOff ? preventDefault : onClick}
    >
      <Leading refused={refused} isBusy={isBusy} icon={icon} />
      <span>{children}</span>
      {refused && <span className="sr-only">, {refused}</span>}
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </button>
  );
}

const sizes = { normal: null, small: "btn-sm", touch: "btn-touch" };

type LeadingProps = {
  refused: ButtonProps["refused"];
  isBusy: boolean | undefined;
  icon: IconType | undefined;
};

function Leading({ refused, isBusy, icon }: LeadingProps) {
  if (isBusy) return <Spinner />;
  if (refused) return <Icon of={Lock} size={14} />;
  return icon ? <Icon of={icon} size={14} /> : null;
}

function preventDefault(event: { preventDefault(): void }) {
  event.preventDefault();
}
