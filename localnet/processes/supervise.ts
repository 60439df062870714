import type { Exit } from "./child.ts";

type Service = { exited: Promise<Exit>; stop(): Promise<void> };

export type SuperviseOptions<Kind extends Service> = {
  name: string;
  start(): Promise<Kind>;
  say(line: string): void;
  /** It ended too often to be started once more. */
  onGiveUp(reason: string): void;
};

export type Supervised<Kind extends Service> = { current(): Kind; stop(): Promise<void> };

const mostRestarts = 5;
const withinMs = 60_000;
const pauseMs = 500;

/** Starts a service, and starts it again when it ends without having been told to. */
export async function supervise<Kind extends Service>(
  options: SuperviseOptions<Kind>,
): Promise<Supervised<Kind>> {
  let current = await options.start();
  let isStopping = false;
  const restarts: number[] = [];

  const watch = async () => {
    const exit = await current.exited;
    if (isStopping) return;
    const now = Date.now();
    restarts.push(now);
    const recent = restarts.filter((at) => at > now - withinMs).length;
    if (recent > mostRestarts)
      return options.onGiveUp(`${options.name} ended ${recent} times within a minute.`);
    options.say(`${options.name} ended (${inWords(exit)}); starting it again`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (isStopping) return;
    current = await options.start();
    void watchOrGiveUp();
  };
  const watchOrGiveUp = () =>
    watch().catch((error: unknown) =>
      options.onGiveUp(
        `${options.name} could not be started again: ${error instanceof Error ? error.message : error}`,
      ),
    );
  void watchOrGiveUp();
  return {
    current: () => current,
    stop: async () => {
      isStopping = true;
      await current.stop();
    },
  };
}

function inWords({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`;
}
