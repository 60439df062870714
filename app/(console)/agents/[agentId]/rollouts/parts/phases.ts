import type { Rollout } from "../../../../../../server/features/rollouts/schema.ts";
import type { Tone } from "../../../../../_ui/glyph.tsx";

type Phase = Rollout["state"]["phase"];

export const phaseWords: Readonly<Record<Phase, string>> = {
  waiting: "waits",
  running: "running",
  paused: "paused",
  succeeded: "done",
  rolled_back: "rolled back",
  withdrawn: "withdrawn",
};
export const phaseTones: Readonly<Record<Phase, Tone>> = {
  waiting: "info",
  running: "info",
  paused: "warn",
  succeeded: "ok",
  rolled_back: "crit",
  withdrawn: "unknown",
};
