import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { startPostgres } from "../../localnet/postgres/start-postgres.ts";
import { migrate } from "../adapters/postgres/migrate.ts";

/** A migrated PostgreSQL that only this test has, so it may be stopped, killed and started again at the same address. */
export type OwnPostgres = AsyncDisposable & {
  url: string;
  stop(): Promise<void>;
  /** As a crash: sessions are cut, the next start recovers from the log. */
  kill(): Promise<void>;
  start(): Promise<void>;
};

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const directory = join(inject("scratchDirectory"), `postgres-${randomUUID()}`);
  let running = await startPostgres({ directory, preferredPort: 0 });
  const { url, port } = running;
  await migrate(url, fileURLToPath(new URL("../../prisma/migrations", import.meta.url)));
  return {
    url,
    stop: () => running.stop(),
    kill: () => running.kill(),
    start: async () => {
      running = await startPostgres({ directory, preferredPort: port });
      if (running.port !== port) throw new Error(`Port ${port} was taken by another program.`);
    },
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await rm(running.directory, { recursive: true, force: true });
    },
  };
}
