import { clusterName } from "../clusters/rules.ts";
import type { RecentMinutes } from "./recent-minutes.ts";
import { type ReportedFacts, readReported } from "./reported.ts";
import { rounded } from "./rounded.ts";
import type { LivePoint, NodeRow } from "./schema.ts";
import { type Activity, growthMinutes, type IdentityRow, type Readings, rateSeconds } from "./store.ts";

/** Everything that is known of one node at a moment. */
export type NodeSources = {
  identity: IdentityRow;
  activity: Activity | undefined;
  readings: Readings | undefined;
  minutes: RecentMinutes;
  /** Whether activity is read at the moment: else its rates are not known. */
  isActivityRead: boolean;
};

/** A node that was heard this lately and has no request has none, if requests are read; else nobody knows. */
const heardMs = 60_000;

/** Everything of a row but its state, which also depends on limits. */
export type UnjudgedRow = Omit<NodeRow, "status">;

export function buildRow(sources: NodeSources, at: Date): UnjudgedRow {
  const { identity, readings, minutes } = sources;
  const reported = readReported(identity.reported);
  const name = nodeName(identity, reported);
  return {
    ...buildPoint(sources, at),
    name,
    host: identity.host,
    provider: identity.provider,
    providerName: reported.providerName,
    clusterId: identity.clusterId,
    clusterName: (identity.clusterId && clusterName(identity.clusterId)) ?? reported.clusterName,
    mode: identity.mode ?? reported.mode,
    region: reported.region,
    site: siteOf(name),
    version: reported.version ?? identity.probeVersion,
    requests15m: minutes.countsOf(identity.id)?.requests ?? null,
    linkBps: readings?.linkBps ?? null,
    storedBytes: readings?.storedBytes ?? null,
    capacityBytes: readings?.capacityBytes ?? null,
    diskReadMs: rounded(readings?.diskReadMs),
    diskGrowthPerHour: rounded(growthOf(readings)),
    clockSkewMs: rounded(skewOf(sources)),
    reportEveryMs: rounded(readings?.reportEveryMs),
    isRegistered: identity.isRegistered,
    isDraining: reported.isDraining,
    removedAt: iso(identity.removedAt),
    wrongPieces: identity.piecesChecked === 0 ? null : identity.wrongPieces,
    probe: probeOf(identity),
    spark: minutes.sparkOf(identity.id),
  };
}

/** The figures that move every second. */
export function buildPoint(sources: NodeSources, at: Date): LivePoint {
  const { identity, activity, readings, minutes } = sources;
  const heardAt = heardAtOf(sources, at);
  const rates = ratesOf(sources, heardAt, at);
  const failures = minutes.countsOf(identity.id);
  return {
    key: identity.key,
    opsPerSecond: rounded(rates.requests10s === null ? null : rates.requests10s / rateSeconds),
    p50Ms: rounded(activity?.p50Ms),
    p95Ms: rounded(activity?.p95Ms),
    p99Ms: rounded(activity?.p99Ms),
    failureRatio: failures && failures.requests > 0 ? rounded(failures.failures / failures.requests) : null,
    ...rates,
    cpu: rounded(readings?.cpu),
    memory: rounded(readings?.memory),
    disk: rounded(readings?.disk ?? ratio(readings?.usedBytes, readings?.capacityBytes)),
    netInBps: rounded(readings?.netInBps),
    netOutBps: rounded(readings?.netOutBps),
    heardAt: iso(heardAt),
  };
}

/** Of a node that is heard and has no request: 0. While requests are not read, even those that are stored are not all. */
function ratesOf(
  { activity, isActivityRead }: NodeSources,
  heardAt: Date | null,
  at: Date,
): Pick<LivePoint, "requests10s" | "failures10s"> {
  if (!isActivityRead) return { requests10s: null, failures10s: null };
  if (activity) return { requests10s: activity.requests10s, failures10s: activity.failures10s };
  const isHeard = heardAt !== null && at.getTime() - heardAt.getTime() <= heardMs;
  return isHeard ? { requests10s: 0, failures10s: 0 } : { requests10s: null, failures10s: null };
}

/** The host name that it reports, else the first label of its registered host, else the shortened key. */
export function nodeName(
  identity: Pick<IdentityRow, "key" | "host" | "domain">,
  reported: Pick<ReportedFacts, "hostName">,
): string {
  const host = reported.hostName ?? identity.domain ?? identity.host;
  if (host === null || host === "") return `${identity.key.slice(0, 6)}…${identity.key.slice(-4)}`;
  return isAddress(host) ? host : (host.split(".")[0] ?? host);
}

function siteOf(name: string): string | null {
  const dash = name.lastIndexOf("-");
  return dash > 0 ? name.slice(0, dash) : null;
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(":");
}

function probeOf(identity: IdentityRow): NodeRow["probe"] {
  if (identity.probeAt === null || identity.probeKind === null) return null;
  const ok = identity.probeKind === "answered";
  return {
    at: identity.probeAt.toISOString(),
    ok,
    latencyMs: rounded(identity.probeMs),
    reason: ok ? null : (identity.probeDetail ?? identity.probeReason),
  };
}

function ratio(part: number | null | undefined, whole: number | null | undefined): number | null {
  return part == null || whole == null || whole <= 0 ? null : part / whole;
}

/** By our clock: what a node says carries the time of its own. */
function heardAtOf(sources: NodeSources, at: Date): Date | null {
  const { reportedAt, activeAt } = sources.identity;
  const heardAt = newest(reportedAt, activeAt);
  const skewMs = skewOf(sources) ?? 0;
  if (heardAt === null || Math.abs(skewMs) < trustedSkewMs) return heardAt;
  return new Date(Math.min(at.getTime(), heardAt.getTime() - skewMs));
}

function skewOf({ identity, readings }: NodeSources): number | null {
  return readings?.clockSkewMs ?? identity.probeSkewMs;
}

/** What a probe or a message takes on its way looks like a little skew. */
const trustedSkewMs = 2_000;

function growthOf(readings: Readings | undefined): number | null {
  const [before, now] = [readings?.diskBefore ?? null, readings?.disk ?? null];
  return before === null || now === null ? null : ((now - before) / growthMinutes) * 60;
}

function newest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function iso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
