import type { ComponentPropsWithRef } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconType } from "./icon.tsx";

export type IconButtonProps = Omit<ComponentPropsWithRef<"button">, "disabled" | "children"> & {
  icon: IconType;
  /** The name for people who cannot see the icon, and the tip for those who can. */
  label: string;
  size?: number;
  refused?: string | null | undefined;
};

export function IconButton({
  icon,
  label,
  size = 14,
  refused,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx("iconbtn", className)}
      aria-label={refused ? `${label}, ${refused}` : label}
      aria-disabled={refused ? true : undefined}
      data-tip={refused ? `${label}: ${refused}` : label}
      onClick={refused ? undefined : onClick}
    >
      <Icon of={icon} size={size} />
    </button>
  );
}
