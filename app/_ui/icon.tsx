import type { ComponentType, SVGProps } from "react";

export type IconType = ComponentType<SVGProps<SVGSVGElement> & { size?: string | number }>;

/** A Lucide icon at the console's weight. Decorative: the control around it carries the name. */
export function Icon({ of: Drawing, size = 16 }: { of: IconType; size?: number }) {
  return <Drawing size={size} strokeWidth={1.75} aria-hidden="true" />;
}
