import "./sign-in.css";
import type { ReactNode } from "react";
import { cx } from "../_ui/cx.ts";
import { Glyph } from "../_ui/glyph.tsx";

type NoteProps = { tone: "crit" | "warn" | "info"; title: string; children?: ReactNode };

/** What happened, above the fields that it is about. */
export function Note({ tone, title, children }: NoteProps) {
  return (
    <div className={cx("note", `note-${tone}`)} role={tone === "crit" ? "alert" : "status"}>
      <Glyph tone={tone} size={11} />
      <div>
        <b>{title}</b>
        {children && <p>{children}</p>}
      </div>
    </div>
  );
}
