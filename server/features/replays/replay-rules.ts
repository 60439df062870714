/** `asked`: no runtime has taken it yet. The others but `running` are ends. */
export const replayStates = ["asked", "running", "finished", "cancelled", "failed", "expired"] as const;
export type ReplayState = (typeof replayStates)[number];

export const longestWindowMs = 6 * 3_600_000;
/** A runtime that is there takes a request at once. */
export const acceptWithinMs = 20_000;
/** One that works says so every few seconds. */
export const silentAfterMs = 30_000;
/** From the request on, whatever it does. */
export const longestReplayMs = 30 * 60_000;
export const keptReplaysMs = 30 * 86_400_000;

export type WindowVerdict = { kind: "window"; from: Date; to: Date } | { kind: "refused"; why: string };

/** The window that is asked for, its end no later than now. */
export function windowOf(asked: { from: Date; to: Date }, now: Date): WindowVerdict {
  const to = asked.to > now ? now : asked.to;
  const lengthMs = to.getTime() - asked.from.getTime();
  if (lengthMs <= 0)
    return {
      kind: "refused",
      why: asked.from >= now ? "The window has not begun yet." : "The window ends before it begins.",
    };
  if (lengthMs > longestWindowMs)
    return { kind: "refused", why: "The window is longer than 6 hours. Choose a shorter one." };
  return { kind: "window", from: asked.from, to };
}

export type ReplayFacts = {
  state: ReplayState;
  acceptBy: Date;
  heardAt: Date | null;
  deadline: Date;
  instance: string;
};
export type ReplayEnd = { state: "failed" | "expired"; reason: string };

/** How one that nobody ends any more has ended; null = it goes on. */
export function endOf(
  { state, acceptBy, heardAt, deadline, instance }: ReplayFacts,
  now: Date,
): ReplayEnd | null {
  if (state !== "asked" && state !== "running") return null;
  if (now >= deadline) return { state: "expired", reason: "It was not done within 30 minutes." };
  if (state === "asked")
    return now < acceptBy
      ? null
      : {
          state: "failed",
          reason: `No runtime took it within ${acceptWithinMs / 1_000} s: ${instance} is not there, or does not replay.`,
        };
  const silentMs = now.getTime() - (heardAt?.getTime() ?? 0);
  return silentMs < silentAfterMs
    ? null
    : {
        state: "failed",
        reason: `${instance} has said nothing for ${silentAfterMs / 1_000} s: it died, or is cut off.`,
      };
}

/** Events that both versions were given, for the bar of verdicts. */
export function replayedOf(verdicts: Readonly<Record<string, number>>): number {
  return Object.values(verdicts).reduce((sum, events) => sum + events, 0);
}

/** A draft was never verified; an archived version runs nowhere. */
export function isReplayable(state: string): boolean {
  return state !== "draft" && state !== "archived";
}
