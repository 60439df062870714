import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { economicsOfWindow } from "../economics/economics-of-window.ts";
import { loadFleet } from "../nodes/load-fleet.ts";
import { rounded } from "../nodes/rounded.ts";
import { isHeard } from "../nodes/rules.ts";
import type { NodeRow } from "../nodes/schema.ts";
import { countByStatus, sumOf } from "../nodes/select-nodes.ts";
import { isActivityRead } from "../nodes/stalled.ts";
import { listSources } from "../registry/list-sources.ts";
import { getStatus } from "../system/get-status.ts";
import { listAttention } from "./attention.ts";
import { loadIngestRates, type TopicRates } from "./ingest-rates.ts";
import { loadNetworkActivity } from "./network-activity.ts";
import {
  type ChainHead,
  type IngestTopic,
  type Overview,
  type OverviewInput,
  provenOpsPerSecond,
} from "./schema.ts";
import { groupBySite } from "./sites.ts";
import { fullestOf, loadStoredOutlook, type StoredOutlook } from "./stored-outlook.ts";

const shownFindings = 12;
const dayMs = 86_400_000;
const ratesUnknown = { perSecond: null, byType: [] };

/** One network at a glance, as of now. */
export async function getOverview(ctx: Ctx, input: OverviewInput): Promise<Overview> {
  const at = ctx.clock.now();
  const network = networkByName(input.network).id;
  const [fleet, activity, status, sources, clusters, economics] = await Promise.all([
    loadFleet(ctx, { network: input.network, at }),
    loadNetworkActivity(ctx.db, network, at),
    getStatus(ctx, input),
    listSources(ctx, input),
    countClusters(ctx, network),
    economicsOfWindow(ctx, { network: input.network, from: new Date(at.getTime() - dayMs), to: at }),
  ]);
  const present = fleet.rows.filter((row) => row.removedAt === null);
  const topics = status.ingest.map(({ topic }) => topic);
  const [outlook, topicRates] = await Promise.all([
    loadStoredOutlook(ctx.db, {
      network,
      at,
      nodeIds: [...fleet.ids.values()],
      fullestIds: fullestOf(fleet),
    }),
    loadIngestRates(ctx.db, topics, at),
  ]);
  const attention = listAttention({
    rows: fleet.rows,
    limits: fleet.limits,
    ingest: status.ingest,
    indexer: status.indexer,
    deadLetters: new Map([...topicRates].map(([topic, { deadLetters10m }]) => [topic, deadLetters10m])),
    forecasts: new Map([...fleet.ids].flatMap(([key, id]) => withKey(key, outlook.byNode.get(id)))),
  });
  const { latency, p99Spark, ...operations } = activity;
  const rates = isActivityRead(status.ingest) ? operations : { ...operations, ...ratesUnknown };
  return {
    at: at.toISOString(),
    nodes: summarise(fleet.rows, present),
    clusters,
    operations: { ...rates, provenPerSecond: provenOpsPerSecond },
    latency: { ...latency, p99Spark },
    stored: storedOf(present, outlook),
    attention: attention.slice(0, shownFindings),
    attentionTotal: attention.length,
    sites: groupBySite(present),
    economics,
    chain: sources.map(toChainHead),
    ingest: status.ingest.map((topic) => ({ ...topic, ...shownRates(topicRates.get(topic.topic)) })),
    stalled: fleet.stalled,
  };
}

function summarise(all: readonly NodeRow[], present: readonly NodeRow[]): Overview["nodes"] {
  const heardAt = present.flatMap((row) => row.heardAt ?? []).sort();
  return {
    total: present.length,
    heard: present.filter((row) => isHeard(row.status.kind)).length,
    byStatus: countByStatus(all),
    heardAt: heardAt.at(-1) ?? null,
  };
}

function storedOf(rows: readonly NodeRow[], { all, points }: StoredOutlook): Overview["stored"] {
  return {
    bytes: sumOf(rows, "storedBytes"),
    capacityBytes: sumOf(rows, "capacityBytes"),
    reportingNodes: rows.filter((row) => row.storedBytes !== null).length,
    forecast: all.wording,
    fullInDays: rounded(all.fullInDays),
    spark: points
      .slice(-60)
      .map(({ bytes }) => rounded(bytes) ?? "")
      .join(","),
  };
}

function withKey<Value>(key: string, value: Value | undefined): [string, Value][] {
  return value === undefined ? [] : [[key, value]];
}

function shownRates(rates: TopicRates | undefined): Pick<IngestTopic, "deadLettersPerSecond" | "spark"> {
  return { deadLettersPerSecond: rates?.deadLettersPerSecond ?? null, spark: rates?.spark ?? "" };
}

function toChainHead(source: Awaited<ReturnType<typeof listSources>>[number]): ChainHead {
  const { family, height, finalizedHeight, lagBlocks, lagMs, state, reason, since, checkedAt } = source;
  return { family, height, finalizedHeight, lagBlocks, lagMs, state, reason, since, readAt: checkedAt };
}

async function countClusters({ db }: Pick<Ctx, "db">, network: number): Promise<number> {
  const rows = await db.sql<{ clusters: number }>(
    "SELECT count(*)::int AS clusters FROM ddc_cluster WHERE network = $1",
    [network],
  );
  return rows[0]?.clusters ?? 0;
}
