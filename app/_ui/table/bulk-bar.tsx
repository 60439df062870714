import X from "lucide-react/icons/x";
import type { ReactNode } from "react";
import { IconButton } from "../icon-button.tsx";

type BulkBarProps = {
  count: number;
  /** Their names, cut by the width. */
  names: string;
  onClear: () => void;
  /** What can be done with them. */
  children: ReactNode;
};

/** Stands over the table while rows are selected. */
export function BulkBar({ count, names, onClear, children }: BulkBarProps) {
  return (
    <section className="grid-bulk" aria-label="Selected rows">
      <b className="whitespace-nowrap">{count} selected</b>
      <span className="sec min-w-0 truncate">{names}</span>
      <span className="sp" />
      {children}
      <IconButton icon={X} label="Clear selection" onClick={onClear} />
    </section>
  );
}
