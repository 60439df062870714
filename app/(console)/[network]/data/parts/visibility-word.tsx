import CircleHelp from "lucide-react/icons/circle-help";
import Lock from "lucide-react/icons/lock";
import type { BucketRow } from "../../../../../server/features/inventory/schema.ts";
import { Icon } from "../../../../_ui/icon.tsx";

/** Who may read, as the chain has it. */
export function VisibilityWord({ row }: { row: Pick<BucketRow, "visibility" | "isRemoved"> }) {
  if (row.isRemoved) return <span className="dim">removed</span>;
  switch (row.visibility) {
    case "public":
      return <>public</>;
    case "private":
      return (
        <span className="sec inline-flex items-center gap-1">
          <Icon of={Lock} size={12} /> private
        </span>
      );
    case "unregistered":
      return (
        <span
          className="dim inline-flex items-center gap-1"
          data-tip="Seen in activity; the chain's registry, as far as it is indexed, does not have it"
        >
          <Icon of={CircleHelp} size={12} /> not registered
        </span>
      );
  }
}
