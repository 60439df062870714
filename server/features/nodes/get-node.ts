import { msBetween } from "../../kernel/clock.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { compareViews, type MeasuredView, type RegisteredView, type ReportedView } from "./compare-views.ts";
import {
  countProbes,
  findProjection,
  type HourReadings,
  listHeardWindows,
  type ProbeCounts,
  readHour,
  readLatency,
} from "./detail-store.ts";
import { loadForecast } from "./get-forecast.ts";
import { type LoadedNode, loadNode } from "./load-fleet.ts";
import { checkProvisioning } from "./provisioning.ts";
import { readReported } from "./reported.ts";
import { riskOf } from "./risk.ts";
import { silenceLimitMs } from "./rules.ts";
import type { NodeDetail, NodeInput } from "./schema.ts";
import { longestSilence } from "./silences.ts";

/** One node: its row, the three views, the risk with its factors, and the provisioning check. */
export async function getNode(ctx: Ctx, input: NodeInput): Promise<NodeDetail> {
  const at = ctx.clock.now();
  const network = networkByName(input.network).id;
  const loaded = await loadNode(ctx, input, at);
  const { node, identity, limits } = loaded;
  const which = { network, id: identity.id, at };
  const dayAgo = new Date(at.getTime() - 86_400_000);
  const [probes, windows, hour, latency, forecast, projection] = await Promise.all([
    countProbes(ctx.db, which),
    listHeardWindows(ctx.db, which, { from: dayAgo, to: at, grain: "1m" }),
    readHour(ctx.db, which),
    readLatency(ctx.db, which),
    loadForecast(ctx.db, identity.id, at),
    findProjection(ctx.db, network),
  ]);
  const heardAt = node.heardAt === null ? null : new Date(node.heardAt);
  const silence = longestSilence({ windows, windowMs: 60_000, heardAt }, at);
  const hasChain = ctx.deps.chainIndex.has(input.network, "chain");
  return {
    at: at.toISOString(),
    node,
    registeredAtHeight: identity.registeredAtHeight,
    reportedAt: identity.reportedAt?.toISOString() ?? null,
    activeAt: identity.activeAt?.toISOString() ?? null,
    views: compareViews({
      key: node.key,
      registered: registeredView(loaded, projection),
      reported: reportedView(loaded),
      measured: measuredView(loaded, { probes, hour, p99Ms: latency.p99Ms }),
      silenceLimitMs: silenceLimitMs(node.reportEveryMs, limits),
    }),
    risk: riskOf(
      {
        failureRatio: node.failureRatio,
        requests15m: node.requests15m,
        probes,
        pieces: { checked: identity.piecesChecked, wrong: identity.wrongPieces },
        longestSilenceMs: silence?.ms ?? null,
        longestSilenceAt: silence?.from ?? null,
        clockSkewMs: node.clockSkewMs,
        disk: forecast.verdict === "not_enough_data" ? null : forecast,
        offences: hasChain ? { state: "not_read" } : { state: "not_indexed", network: input.network },
      },
      limits,
    ),
    provisioning: checkProvisioning({
      cpuCores: loaded.readings?.cpuCores ?? null,
      linkBps: node.linkBps,
      ...hour,
    }),
    limits,
    stalled: loaded.stalled,
  };
}

function registeredView(
  { identity, at }: LoadedNode,
  projection: { height: number; at: Date } | null,
): RegisteredView | null {
  if (identity.host === null || identity.httpPort === null) return null;
  return {
    height: projection?.height ?? identity.registeredAtHeight,
    ageMs: projection === null ? null : msBetween(projection.at, at),
    host: identity.domain ?? identity.host,
    httpPort: identity.httpPort,
    isTls: identity.isTls ?? false,
    mode: identity.mode ?? "unknown",
    clusterId: identity.registeredClusterId,
  };
}

function reportedView({ identity, node, readings, at }: LoadedNode): ReportedView | null {
  if (identity.reportedAt === null) return null;
  return {
    ...readReported(identity.reported),
    ageMs: msBetween(identity.reportedAt, at),
    storedBytes: node.storedBytes,
    capacityBytes: node.capacityBytes,
    linkBps: node.linkBps,
    clockSkewMs: readings?.clockSkewMs ?? null,
  };
}

function measuredView(
  { identity, node, at }: LoadedNode,
  { probes, hour, p99Ms }: { probes: ProbeCounts | null; hour: HourReadings; p99Ms: number | null },
): MeasuredView {
  const probe = node.probe && {
    ...node.probe,
    ageMs: msBetween(new Date(node.probe.at), at),
    version: identity.probeVersion,
  };
  return {
    probe,
    probes,
    clockSkewMs: identity.probeSkewMs,
    p99Ms,
    requests: node.requests15m,
    activityAgeMs: identity.activeAt === null ? null : msBetween(identity.activeAt, at),
    mostBps: hour.mostBps,
  };
}
