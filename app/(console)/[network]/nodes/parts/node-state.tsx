import type { NodeStatus } from "../../../../../server/features/nodes/schema.ts";
import { Badge } from "../../../../_ui/badge.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { stateLooks } from "./state-looks.ts";

/** In cells; the reason is told on hover and focus. */
export function NodeStateWord({ status }: { status: NodeStatus }) {
  const { word, ...look } = stateLooks[status.kind];
  return (
    <StatusWord {...look} why={status.reason}>
      {word}
    </StatusWord>
  );
}

/** Once, in the head of a page or a peek. */
export function NodeStateBadge({ status }: { status: NodeStatus }) {
  const { word, ...look } = stateLooks[status.kind];
  return (
    <Badge {...look} why={status.reason}>
      {word}
    </Badge>
  );
}
