import { vi } from "vitest";
import { openChainIndex } from "../adapters/indexer/chain-index.ts";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { electionOver } from "../adapters/postgres/election.ts";
import { listSources } from "../features/registry/list-sources.ts";
import { startRegistry } from "../features/registry/start-registry.ts";
import type { Clock } from "../kernel/clock.ts";
import { type NetworkName, networkByName } from "../kernel/networks.ts";
import { silentLogger } from "./a-ctx.ts";
import type { TestDatabase } from "./database.ts";
import { fakeClock } from "./fake-clock.ts";
import type { TestIndexer } from "./indexer-database.ts";

const testMs = 20;

export function until(condition: () => Promise<unknown>): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: 30_000, interval: 20 });
}

/** By network: its ddc indexer, and as "<network> chain" its chain indexer. */
type Sources = Partial<Record<NetworkName | `${NetworkName} chain`, Pick<TestIndexer, "url" | "schema">>>;

/** A registry that polls fast. Declare it after its databases, so that it stops before they go. */
export function aRegistry(db: TestDatabase, sources: Sources, clock: Clock = fakeClock()) {
  const chainIndex = openChainIndex(
    Object.entries(sources).map(([name, { url, schema }]) => {
      const [network = "", family] = name.split(" ");
      return {
        network: networkByName(network).name,
        family: family === "chain" ? "chain" : "ddc",
        connectionString: url,
        schema,
      };
    }),
    { connectMs: 500, statementMs: 2_000 },
  );
  const registry = startRegistry({
    db,
    chainIndex,
    clock,
    log: silentLogger,
    metrics: buildMetrics({}),
    election: electionOver({ connectionString: db.url, log: silentLogger, beatMs: testMs }),
    pollMs: testMs,
    bucketsMs: 0,
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await registry.stop();
      await chainIndex.close();
    },
  };
}

export async function sourceOf(db: TestDatabase, network: NetworkName, clock: Clock) {
  const sources = await listSources({ db, clock }, { network });
  return sources.find(({ family }) => family === "ddc");
}
