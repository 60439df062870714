import type { ReactNode } from "react";

/** The line of filters above a list; what is at its right goes into `end`. */
export function FilterBar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className="bar bar-top" role="toolbar" aria-label="Filters">
      {children}
      {end && <div className="ml-auto flex items-center gap-2">{end}</div>}
    </div>
  );
}
