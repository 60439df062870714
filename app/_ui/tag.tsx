import type { ReactNode } from "react";

/** A plain attribute ("Full", "rev 118"): no state, no colour. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{children}</span>;
}
