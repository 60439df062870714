import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { GrafanaState } from "../../ports/grafana.ts";
import { deadReason } from "../alerts/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { RegistrySource } from "../registry/schema.ts";
import { getIngest, type IngestCtx } from "./get-ingest.ts";
import { listDegraded } from "./rules.ts";
import type { IndexerStatus, SystemStatus, SystemStatusInput } from "./schema.ts";

export type StatusCtx = IngestCtx & { deps: Pick<Ctx["deps"], "grafana"> };

/** How everything is that feeds a network's pages. The roles are processes apart: what they know stands in the database. */
export async function getStatus(ctx: StatusCtx, input: SystemStatusInput): Promise<SystemStatus> {
  const { self, grafana } = ctx.deps;
  const at = ctx.clock.now();
  const [{ workers, ingest }, sources, roundAt, frames] = await Promise.all([
    getIngest(ctx, input),
    listSources(ctx, input),
    findAlertRound(ctx, input.network),
    grafana.state(),
  ]);
  const indexer = sources.map(toIndexerStatus);
  return {
    version: self.version,
    commit: self.commit,
    at: at.toISOString(),
    indexer,
    ingest,
    degraded: [
      ...listDegraded({ workers, ingest, indexer, self: self.health() }),
      ...ofAlerts(roundAt, at),
      ...ofGrafana(frames),
    ],
  };
}

/** When the rules of the network were last evaluated; null = they never were, as on a console that has just begun. */
async function findAlertRound({ db }: IngestCtx, network: NetworkName): Promise<Date | null> {
  const rows = await db.sql<{ at: Date }>("SELECT at FROM alert_round WHERE network = $1", [
    networkByName(network).id,
  ]);
  return rows[0]?.at ?? null;
}

/** The dead-man's switch of the alert path: silence of the rules is itself told. */
function ofAlerts(roundAt: Date | null, at: Date): SystemStatus["degraded"] {
  const reason = roundAt === null ? null : deadReason(roundAt, at);
  return reason === null
    ? []
    : [{ part: "alerts", reason, since: roundAt?.toISOString() ?? null, panels: [] }];
}

/** Its panels are drawn by the console meanwhile, so nothing of a page is dark. */
function ofGrafana(state: GrafanaState): SystemStatus["degraded"] {
  return state.kind === "down"
    ? [{ part: "Grafana", reason: `${state.reason}.`, since: state.since, panels: [] }]
    : [];
}

function toIndexerStatus(source: RegistrySource): IndexerStatus {
  const { family, height, lagBlocks, lagMs, state, reason, since } = source;
  return { family, height, lagBlocks, lagMs, state, reason, since };
}
