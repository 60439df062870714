import type { Database } from "../../ports/database.ts";
import { numbersOf } from "./array-text.ts";
import { largeNetwork, slowMs } from "./large-network.ts";
import { rounded } from "./rounded.ts";

export type Counts = { requests: number; failures: number };

/** What nodes did of late, by `ddc_node.id`. */
export type RecentMinutes = {
  /** Requests a second in each of the last sixty full minutes, the oldest first; an empty place = nothing is known. */
  sparkOf(node: number): string;
  /** Of the last quarter of an hour with the running minute; null = nothing is known. */
  countsOf(node: number): Counts | null;
};

/** One node in one minute; `perSecond` as a spark shows it, for it is shown sixty times. */
type MinuteCount = Counts & { perSecond: string };

/** By minute (epoch minutes), then by node. A node without an entry had no activity that minute, or was not heard. */
type Minutes = ReadonlyMap<number, ReadonlyMap<number, MinuteCount>>;

const recentMinutes = 60;
const countedMinutes = 15;
/** Late records still change the newest minutes, so those are read again each time. */
const unsettledMinutes = 3;
/** And everything is read again after this long, for records that came later still. */
const fullReadEveryMs = 600_000;

/** What was made of settled minutes, for as long as the same minute runs. */
type Settled = { last: number; nodes: Map<number, { spark: string; counts: Counts | null }> };
type Memory = {
  minutes: Map<number, Map<number, MinuteCount>>;
  /** When all of it was read, and when its newest minutes were. */
  readAt: number;
  newestAt: number;
  settled: Settled;
};
const memories = new WeakMap<Database["sql"], Map<number, Memory>>();

/**
 * The last hour of a network, minute by minute, up to the one that runs at `at`. Settled minutes are remembered for the
 * process: the hour of a thousand nodes is 60,000 rows, of which a call reads 3,000, and of a large network not every call.
 */
export async function listRecentMinutes(
  db: Pick<Database, "sql">,
  { network, nodeIds, at }: { network: number; nodeIds: readonly number[]; at: Date },
): Promise<RecentMinutes> {
  const last = minuteOf(at);
  const memory = remembered(db, network, at);
  const isSame = memory.settled.last === last;
  const newestAgeMs = at.getTime() - memory.newestAt;
  const isNew = newestAgeMs >= 0 && newestAgeMs < slowMs;
  if (isSame && isNew && nodeIds.length >= largeNetwork) return figuresOf(memory.minutes, memory.settled);
  const from = firstMissing(memory.minutes, last);
  const fresh = await readMinutes(db, { network, nodeIds, from, last });
  for (let minute = from; minute <= last; minute++)
    memory.minutes.set(minute, fresh.get(minute) ?? new Map());
  for (const minute of memory.minutes.keys())
    if (minute <= last - recentMinutes - unsettledMinutes) memory.minutes.delete(minute);
  memory.newestAt = at.getTime();
  if (!isSame) memory.settled = { last, nodes: new Map() };
  return figuresOf(memory.minutes, memory.settled);
}

/** The same hour for a few nodes, without a memory. */
export async function listRecentMinutesOf(
  db: Pick<Database, "sql">,
  { network, nodeIds, at }: { network: number; nodeIds: readonly number[]; at: Date },
): Promise<RecentMinutes> {
  const last = minuteOf(at);
  const minutes = await readMinutes(db, { network, nodeIds, from: last - recentMinutes, last });
  return figuresOf(minutes, { last, nodes: new Map() });
}

/** Sixty minutes of a thousand nodes are looked through once a minute; in between only those that may still change. */
function figuresOf(minutes: Minutes, { last, nodes }: Settled): RecentMinutes {
  const settled = last - unsettledMinutes;
  const settledOf = (node: number) => {
    const known = nodes.get(node);
    if (known) return known;
    const spark = sparkOf(minutes, node, { first: last - recentMinutes, last: settled });
    const counts = countsOf(minutes, node, { first: last - countedMinutes + 1, last: settled });
    nodes.set(node, { spark, counts });
    return { spark, counts };
  };
  return {
    sparkOf: (node) => {
      const moving = sparkOf(minutes, node, { first: settled + 1, last: last - 1 });
      return `${settledOf(node).spark},${moving}`;
    },
    countsOf: (node) => added(settledOf(node).counts, countsOf(minutes, node, { first: settled + 1, last })),
  };
}

type Span = { first: number; last: number };

function sparkOf(minutes: Minutes, node: number, { first, last }: Span): string {
  let spark = "";
  for (let minute = first; minute <= last; minute++)
    spark += `${minute === first ? "" : ","}${minutes.get(minute)?.get(node)?.perSecond ?? ""}`;
  return spark;
}

function countsOf(minutes: Minutes, node: number, { first, last }: Span): Counts | null {
  let sum: Counts | null = null;
  for (let minute = first; minute <= last; minute++) sum = added(sum, minutes.get(minute)?.get(node) ?? null);
  return sum;
}

function added(a: Counts | null, b: Counts | null): Counts | null {
  if (a === null || b === null) return a ?? b;
  return { requests: a.requests + b.requests, failures: a.failures + b.failures };
}

export function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}

/** A look at another time, earlier or later, starts over: what is kept must be one unbroken hour. */
function remembered(db: Pick<Database, "sql">, network: number, at: Date): Memory {
  const networks = memories.get(db.sql) ?? new Map<number, Memory>();
  memories.set(db.sql, networks);
  const known = networks.get(network);
  const ageMs = known === undefined ? Number.POSITIVE_INFINITY : at.getTime() - known.readAt;
  if (known && ageMs >= 0 && ageMs < fullReadEveryMs) return known;
  const fresh: Memory = {
    minutes: new Map(),
    readAt: at.getTime(),
    newestAt: Number.NEGATIVE_INFINITY,
    settled: { last: Number.NaN, nodes: new Map() },
  };
  networks.set(network, fresh);
  return fresh;
}

function firstMissing(minutes: ReadonlyMap<number, unknown>, last: number): number {
  let minute = last - recentMinutes;
  while (minutes.has(minute) && minute <= last - unsettledMinutes) minute++;
  return minute;
}

type Row = { minute: number; nodes: string; requests: string; failures: string };

/** One row a minute with parallel arrays: cheaper to carry and to read than a row a node. */
async function readMinutes(
  db: Pick<Database, "sql">,
  {
    network,
    nodeIds,
    from,
    last,
  }: { network: number; nodeIds: readonly number[]; from: number; last: number },
): Promise<Map<number, Map<number, MinuteCount>>> {
  const rows = await db.sql<Row>(
    `SELECT (extract(epoch FROM at) / 60)::int AS minute, array_agg(subject)::text AS nodes,
            array_agg(requests)::text AS requests, array_agg(failures)::text AS failures
     FROM rollup_1m
     WHERE scope = 3 AND network = $1 AND subject = ANY ($2::bigint[]) AND at >= $3 AND at <= $4
     GROUP BY at`,
    [network, nodeIds, new Date(from * 60_000), new Date(last * 60_000)],
    { isPrepared: true },
  );
  return new Map(rows.map((row) => [row.minute, nodesOf(row)]));
}

function nodesOf(row: Row): Map<number, MinuteCount> {
  const requests = numbersOf(row.requests);
  const failures = numbersOf(row.failures);
  return new Map(
    numbersOf(row.nodes).map((node, index) => {
      const count = requests[index] ?? 0;
      const perSecond = String(rounded(count / 60));
      return [node, { requests: count, failures: failures[index] ?? 0, perSecond }];
    }),
  );
}
