import type { ReactNode } from "react";

/** A key as a reminder for the eye; assistive technology is told by `aria-keyshortcuts` and the list behind "?". */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children}
    </span>
  );
}
