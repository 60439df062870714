import { join } from "node:path";
import type { RunningKafka } from "./kafka/running-kafka.ts";
import { startKafka } from "./kafka/start-kafka.ts";
import type { LocalnetOptions } from "./localnet-options.ts";
import { type RunningPostgres, startPostgres } from "./postgres/start-postgres.ts";
import { type Supervised, supervise } from "./processes/supervise.ts";

const usualPorts = { postgres: 54_320, kafka: 19_092 };

type GiveUp = (reason: string) => void;

/** PostgreSQL that comes back at the same address when it dies. */
export function supervisePostgres(
  options: LocalnetOptions,
  onGiveUp: GiveUp,
): Promise<Supervised<RunningPostgres>> {
  let port: number | null = null;
  return supervise({
    name: "PostgreSQL",
    say: options.say,
    onGiveUp,
    start: async () => {
      const preferredPort = port ?? usualPorts.postgres;
      const running = await startPostgres({ directory: join(options.directory, "postgres"), preferredPort });
      await requireSameAddress("PostgreSQL", port ?? running.port, running);
      if (port === null) sayMoved(options, { name: "PostgreSQL", usual: preferredPort, port: running.port });
      port = running.port;
      return running;
    },
  });
}

/** Kafka that comes back at the same address when it dies. */
export function superviseKafka(
  options: LocalnetOptions,
  onGiveUp: GiveUp,
): Promise<Supervised<RunningKafka>> {
  let port: number | null = null;
  return supervise({
    name: "Kafka",
    say: options.say,
    onGiveUp,
    start: async () => {
      const running = await startKafka({
        directory: join(options.directory, "kafka"),
        cacheDirectory: options.cacheDirectory,
        preferredPort: port ?? usualPorts.kafka,
        say: options.say,
      });
      const bound = Number(running.brokers[0]?.split(":")[1]);
      await requireSameAddress("Kafka", port ?? bound, { port: bound, stop: running.stop });
      if (port === null) sayMoved(options, { name: "Kafka", usual: usualPorts.kafka, port: bound });
      port = bound;
      return running;
    },
  });
}

/** Everybody else knows the address: a part that comes back elsewhere is of no use. */
async function requireSameAddress(
  name: string,
  wanted: number,
  running: { port: number; stop(): Promise<void> },
): Promise<void> {
  if (running.port === wanted) return;
  await running.stop();
  throw new Error(`port ${wanted}, where ${name} was, is taken by another program`);
}

function sayMoved(options: LocalnetOptions, moved: { name: string; usual: number; port: number }): void {
  if (moved.port !== moved.usual)
    options.say(`port ${moved.usual} is taken: ${moved.name} listens on ${moved.port}`);
}
