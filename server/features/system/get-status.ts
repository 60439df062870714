import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { GrafanaState } from "../../ports/grafana.ts";
import { lostHeartbeatReason } from "../alertmanager/heartbeat-rules.ts";
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
  const [{ workers, ingest }, sources, alertPaths, frames] = await Promise.all([
    getIngest(ctx, input),
    listSources(ctx, input),
    loadAlertPaths(ctx, input.network),
    // On every page: one that hangs must not hold them all up.
    grafana.known(),
  ]);
  const indexer = sources.map(toIndexerStatus);
  return {
    version: self.version,
    commit: self.commit,
    at: at.toISOString(),
    indexer,
    ingest,
    degraded: [
      // First, as the one that hides all others from whoever is not looking at a page.
      ...ofAlerts(alertPaths, at),
      ...listDegraded({ workers, ingest, indexer, self: self.health() }),
      ...ofGrafana(frames),
    ],
  };
}

/** When the network's rules were last evaluated, and when Prometheus' heartbeat last came; null = never. */
type AlertPaths = { roundAt: Date | null; heartbeatAt: Date | null };

async function loadAlertPaths({ db }: IngestCtx, network: NetworkName): Promise<AlertPaths> {
  const [row] = await db.sql<AlertPaths>(
    `SELECT (SELECT at FROM alert_round WHERE network = $1) AS "roundAt",
            (SELECT at FROM alertmanager_heartbeat WHERE network = $1) AS "heartbeatAt"`,
    [networkByName(network).id],
  );
  return row ?? { roundAt: null, heartbeatAt: null };
}

/** The dead-man's switches of the alert paths: silence of the rules, or of Prometheus, is itself told. */
function ofAlerts({ roundAt, heartbeatAt }: AlertPaths, at: Date): SystemStatus["degraded"] {
  return [
    ...silenceOf("alerts", roundAt, roundAt && deadReason(roundAt, at)),
    ...silenceOf("Prometheus", heartbeatAt, lostHeartbeatReason(heartbeatAt, at)),
  ];
}

function silenceOf(part: string, lastAt: Date | null, reason: string | null): SystemStatus["degraded"] {
  return reason === null ? [] : [{ part, reason, since: lastAt?.toISOString() ?? null, panels: [] }];
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
