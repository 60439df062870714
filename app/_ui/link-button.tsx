import Link from "next/link";
import type { ComponentPropsWithRef } from "react";
import type { ButtonKind } from "./button.tsx";
import { cx } from "./cx.ts";
import { Icon, type IconType } from "./icon.tsx";

type LinkButtonProps = ComponentPropsWithRef<typeof Link> & {
  kind?: ButtonKind;
  size?: "normal" | "small" | "touch";
  icon?: IconType;
};

/** Goes somewhere, so it is a real link: it can be opened in a tab. */
export function LinkButton({
  kind = "default",
  size = "normal",
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  const sizeClass = size === "normal" ? null : size === "small" ? "btn-sm" : "btn-touch";
  return (
    <Link {...rest} className={cx("btn", kind !== "default" && `btn-${kind}`, sizeClass, className)}>
      {icon && <Icon of={icon} size={14} />}
      <span>{children}</span>
    </Link>
  );
}
