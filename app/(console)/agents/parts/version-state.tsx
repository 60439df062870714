import type { Version } from "../../../../server/features/agents/schema.ts";
import { Badge } from "../../../_ui/badge.tsx";
import type { Shape, Tone } from "../../../_ui/glyph.tsx";
import { StatusWord } from "../../../_ui/status-word.tsx";

type VersionState = Version["state"];

const looks: Record<VersionState, { tone: Tone; shape?: Shape; why: string }> = {
  draft: { tone: "unknown", why: "Registered, and not released for deployment yet" },
  validated: { tone: "idle", why: "May be deployed; no SET names it" },
  deployed: { tone: "ok", why: "A SET in force names it" },
  deprecated: { tone: "warn", shape: "half", why: "Goes on where it runs, and is given to nothing else" },
  archived: { tone: "idle", shape: "square", why: "Kept and readable; it cannot be deployed" },
};

export function VersionStateWord({ state }: { state: VersionState }) {
  return <StatusWord {...looks[state]}>{state}</StatusWord>;
}

export function VersionStateBadge({ state }: { state: VersionState }) {
  return <Badge {...looks[state]}>{state}</Badge>;
}
