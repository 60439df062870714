import type { NodeState } from "../../../../../server/features/nodes/schema.ts";
import type { Shape, Tone } from "../../../../_ui/glyph.tsx";

export type StateLook = { word: string; tone: Tone; shape?: Shape };

/** How each state of a node is named and drawn, everywhere. */
export const stateLooks: Record<NodeState, StateLook> = {
  online: { word: "Online", tone: "ok" },
  degraded: { word: "Degraded", tone: "warn" },
  probe_missed: { word: "Probe missed", tone: "warn" },
  silent: { word: "Silent", tone: "unknown" },
  wrong_bytes: { word: "Wrong bytes", tone: "crit" },
  draining: { word: "Draining", tone: "info", shape: "half" },
  unknown: { word: "Unknown", tone: "unknown", shape: "ring" },
  retired: { word: "Retired", tone: "idle" },
};
