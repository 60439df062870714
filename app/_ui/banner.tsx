import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Glyph } from "./glyph.tsx";

type BannerProps = {
  tone: "crit" | "warn" | "info";
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
};

/** One line under the page head: the finding, what it means, one action. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  return (
    <div className={cx("banner", `banner-${tone}`)} role={tone === "crit" ? "alert" : "status"}>
      <Glyph tone={tone} size={12} />
      <span>
        <b>{title}</b> <span className="sec">{children}</span>
      </span>
      {actions && <div className="banner-acts">{actions}</div>}
    </div>
  );
}
