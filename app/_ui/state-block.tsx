import type { ReactNode } from "react";
import { Glyph, type Tone } from "./glyph.tsx";
import { Icon, type IconType } from "./icon.tsx";

type StateBlockProps = {
  title: string;
  tone?: Tone;
  icon?: IconType;
  children?: ReactNode;
  actions?: ReactNode;
  /** Alone on a page instead of inside a panel. */
  isPage?: boolean;
};

/** What stands where data would stand: failed, empty, no permission, not indexed. */
export function StateBlock({ title, tone, icon, children, actions, isPage }: StateBlockProps) {
  const Heading = isPage ? "h1" : "h3";
  return (
    <div className={isPage ? "state state-page" : "state"}>
      <Heading className="state-title">
        {tone && <Glyph tone={tone} size={11} />}
        {icon && <Icon of={icon} size={14} />}
        {title}
      </Heading>
      {children}
      {actions && <div className="state-acts">{actions}</div>}
    </div>
  );
}
