import { msBetween } from "./kernel/clock.ts";

/** Exit code of a process whose configuration is wrong (sysexits EX_CONFIG): starting it again cannot help. */
export const configExitCode = 78;

/** One run of a child, as its supervisor saw it. */
export type Life = { startedAt: Date; endedAt: Date; exitCode: number | null };

export type RestartVerdict = { kind: "restart"; afterMs: number } | { kind: "give up"; why: string };

const shortLifeMs = 10_000;
/** About five minutes: long enough for a database that is being restarted beside us. */
const maxShortLives = 30;
const firstPauseMs = 500;
const maxPauseMs = 10_000;

/** Starts again at once after a long life, slower and slower after short ones, and not for ever. Newest life last. */
export function restartVerdict(lives: readonly Life[]): RestartVerdict {
  if (lives.at(-1)?.exitCode === configExitCode)
    return { kind: "give up", why: "its configuration is not usable" };
  const shortLives = lives.length - 1 - lives.findLastIndex((life) => !isShort(life));
  if (shortLives >= maxShortLives)
    return { kind: "give up", why: `it ended ${shortLives} times in a row right after its start` };
  return { kind: "restart", afterMs: pauseAfter(shortLives) };
}

function pauseAfter(shortLives: number): number {
  return shortLives === 0 ? 0 : Math.min(maxPauseMs, firstPauseMs * 2 ** (shortLives - 1));
}

function isShort(life: Life): boolean {
  return msBetween(life.startedAt, life.endedAt) < shortLifeMs;
}
