"use client";

import { isHeard } from "../../../../../server/features/nodes/rules.ts";
import type { NodeState } from "../../../../../server/features/nodes/schema.ts";
import { NoReading } from "../../../../_ui/figure.tsx";
import { formatAge } from "../../../../_ui/format/duration.ts";
import { useNow } from "../../../../_ui/now.tsx";

/** Counts on by itself: an old age is the first sign of a node that has gone. */
export function HeardAge({ at, kind }: { at: string | null; kind: NodeState }) {
  const now = useNow();
  if (at === null) return <NoReading />;
  const age = formatAge(now - new Date(at).getTime());
  return <span className={isHeard(kind) ? undefined : "t-warn"}>{age}</span>;
}
