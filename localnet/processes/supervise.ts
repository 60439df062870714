import type { Exit } from "./child.ts";

type Service = { exited: Promise<Exit>; stop(): Promise<void> };

export type SuperviseOptions<Kind extends Service> = {
  name: string;
  start(): Promise<Kind>;
  say(line: string): void;
  /** It ended too often, or could not be started for too long. */
  onGiveUp(reason: string): void;
};

export type Supervised<Kind extends Service> = { current(): Kind; stop(): Promise<void> };

const mostEnds = 5;
const withinMs = 60_000;
const firstPauseMs = 500;
const longestPauseMs = 8_000;
/** Long enough for what it depends on to be started again too. */
const patienceMs = 180_000;

/** Starts a service, and starts it again when it ends without having been told to, as often as it takes. */
export async function supervise<Kind extends Service>(
  options: SuperviseOptions<Kind>,
): Promise<Supervised<Kind>> {
  let current = await options.start();
  const stopping = new AbortController();

  const watch = async () => {
    const ends: number[] = [];
    while (!stopping.signal.aborted) {
      const exit = await current.exited;
      if (stopping.signal.aborted) return;
      ends.push(Date.now());
      const recent = ends.filter((at) => at > Date.now() - withinMs).length;
      if (recent > mostEnds)
        return options.onGiveUp(`${options.name} ended ${recent} times within a minute.`);
      options.say(`${options.name} ended (${inWords(exit)}); starting it again`);
      const started = await startAgain(options, stopping.signal);
      if (started === null) return;
      current = started;
      // Told to stop while it was starting: nobody else knows of it.
      if (stopping.signal.aborted) await current.stop();
    }
  };
  void watch();
  return {
    current: () => current,
    stop: async () => {
      stopping.abort();
      await current.stop();
    },
  };
}

/** Null when told to stop, or when it was in vain for so long that it is given up. */
async function startAgain<Kind extends Service>(
  { name, start, say, onGiveUp }: SuperviseOptions<Kind>,
  stop: AbortSignal,
): Promise<Kind | null> {
  const giveUpAt = Date.now() + patienceMs;
  let pauseMs = firstPauseMs;
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (stop.aborted) return null;
    try {
      return await start();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (Date.now() >= giveUpAt) {
        onGiveUp(`${name} could not be started again: ${reason}`);
        return null;
      }
      if (pauseMs === firstPauseMs) say(`${name} does not start yet, trying on: ${reason.split("\n")[0]}`);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
  }
}

function inWords({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`;
}
