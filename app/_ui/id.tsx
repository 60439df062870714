import Copy from "lucide-react/icons/copy";
import { cx } from "./cx.ts";
import { shorten } from "./format/shorten.ts";
import { Icon } from "./icon.tsx";

type IdProps = {
  value: string;
  /** What it is, for the copy button's name: "node key". */
  what?: string;
  head?: number;
  tail?: number;
  /** Shows the copy button at rest. */
  showCopy?: boolean;
  /** In table rows: the copy button is left out of the tab order (the row opens the page that has it). */
  isQuiet?: boolean;
};

/** A machine identifier: mono, middle-truncated, whole on hover and focus, copied with one click. */
export function Id({ value, what = "id", head = 6, tail = 4, showCopy, isQuiet }: IdProps) {
  const short = shorten(value, head, tail);
  return (
    <span
      className={cx("id", showCopy && "id-show")}
      data-tip={short === value ? undefined : value}
      data-tip-mono=""
    >
      <span aria-hidden={short !== value}>{short}</span>
      {short !== value && <span className="sr-only">{value}</span>}
      <button
        type="button"
        className="id-copy"
        aria-label={`Copy ${what} ${short}`}
        data-copy={value}
        data-tip={value}
        tabIndex={isQuiet ? -1 : undefined}
      >
        <Icon of={Copy} size={12} />
      </button>
    </span>
  );
}
