import type { ReplayVerdict } from "../../../../../../server/features/replays/compare-rules.ts";
import type { Replay } from "../../../../../../server/features/replays/schema.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import type { Tone } from "../../../../../_ui/glyph.tsx";

type Version = Replay["stable"];

/** By its semver where the registry knows it. */
export function nameOf({ cid, semver }: Version): string {
  return semver ?? shorten(cid, 8, 4);
}

/** In words that name the version, as the two are told apart. */
export function verdictWord(
  verdict: ReplayVerdict,
  { stable, candidate }: Pick<Replay, "stable" | "candidate">,
): string {
  switch (verdict) {
    case "new_error":
      return `fails only on ${nameOf(candidate)}`;
    case "different":
      return "output differs";
    case "slower":
      return `slower on ${nameOf(candidate)}`;
    case "fixed_error":
      return `fails only on ${nameOf(stable)}`;
    case "same":
      return "same output";
  }
}

export const verdictTones: Record<ReplayVerdict, Tone> = {
  new_error: "crit",
  different: "info",
  slower: "warn",
  fixed_error: "ok",
  same: "idle",
};

export const stateWords: Record<Replay["state"], { word: string; tone: Tone }> = {
  asked: { word: "waiting for a runtime", tone: "info" },
  running: { word: "running", tone: "info" },
  finished: { word: "finished", tone: "ok" },
  cancelled: { word: "cancelled", tone: "idle" },
  failed: { word: "failed", tone: "crit" },
  expired: { word: "out of time", tone: "crit" },
};
