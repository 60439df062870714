import type { NetworkName } from "../../kernel/networks.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { getNode } from "../nodes/get-node.ts";
import { loadFleet } from "../nodes/load-fleet.ts";
import type { NodeRow } from "../nodes/schema.ts";
import { loadIngestRates } from "../overview/ingest-rates.ts";
import { fullestOf, loadStoredOutlook } from "../overview/stored-outlook.ts";
import { getStatus } from "../system/get-status.ts";
import { aHistoryMemory, type HistoryMemory, readOwnSignals } from "./read-own-signals.ts";
import type { EffectiveRule } from "./rules.ts";
import { type Signal, signalsOf } from "./signals.ts";

/**
 * Risk scores are made of a day of history, and change slowly: of so many nodes a round, the troubled ones first, the
 * others in turn; of few nodes so many that each is looked at once a minute.
 */
const mostRisksPerRound = 12;
const roundsPerTurn = 6;

/** What is carried from one round to the next: the scores, whose turn it is, and minutes that were read. */
export type SignalMemory = { scores: Map<string, number | null>; turn: number; history: HistoryMemory };

export function aSignalMemory(): SignalMemory {
  return { scores: new Map(), turn: 0, history: aHistoryMemory() };
}

type Read = { network: NetworkName; rules: ReadonlyMap<string, EffectiveRule>; memory: SignalMemory };

/** The figures of one network at one moment, from the rollups that ingest keeps. */
export async function readSignals(ctx: Ctx, { network, rules, memory }: Read): Promise<Iterable<Signal>> {
  const at = ctx.clock.now();
  const [fleet, status] = await Promise.all([loadFleet(ctx, { network, at }), getStatus(ctx, { network })]);
  const topics = status.ingest.map(({ topic }) => topic);
  const [outlook, rates] = await Promise.all([
    loadStoredOutlook(ctx.db, {
      network: networkByName(network).id,
      at,
      nodeIds: [...fleet.ids.values()],
      fullestIds: fullestOf(fleet),
    }),
    loadIngestRates(ctx.db, topics, at),
    updateRisks(ctx, { network, rows: fleet.rows, memory }),
  ]);
  const fullInDays = [...fleet.ids].flatMap(([key, id]): [string, number | null][] => {
    const forecast = outlook.byNode.get(id);
    return forecast ? [[key, forecast.fullInDays]] : [];
  });
  const builtIn = signalsOf({
    at,
    rows: fleet.rows,
    isStalled: fleet.stalled !== null,
    minRequests: fleet.limits.minRequests,
    fullInDays: new Map(fullInDays),
    risks: memory.scores,
    ingest: status.ingest,
    rates,
    indexer: status.indexer,
  });
  const own = await readOwnSignals(ctx, { network, at, rules, fleet, memory: memory.history });
  return oneAfterAnother(builtIn, own);
}

/** Never all at once in memory: of a thousand rules and nodes they are a million. */
function* oneAfterAnother(...parts: readonly Iterable<Signal>[]): Generator<Signal> {
  for (const part of parts) yield* part;
}

type RiskRound = { network: NetworkName; rows: readonly NodeRow[]; memory: SignalMemory };

async function updateRisks(ctx: Ctx, { network, rows, memory }: RiskRound): Promise<void> {
  const present = rows.filter((row) => row.removedAt === null);
  const risksPerRound = Math.min(mostRisksPerRound, Math.ceil(present.length / roundsPerTurn));
  const isTroubled = (row: NodeRow) => row.status.kind !== "online";
  const inTurn = [...present.slice(memory.turn), ...present.slice(0, memory.turn)];
  const troubled = inTurn.filter(isTroubled).slice(0, risksPerRound);
  const others = inTurn
    .filter((row) => !isTroubled(row))
    .slice(0, Math.ceil(risksPerRound - Math.min(troubled.length, risksPerRound / 2)));
  memory.turn = present.length === 0 ? 0 : (memory.turn + risksPerRound) % present.length;
  const known = new Set(present.map(({ key }) => key));
  for (const key of memory.scores.keys()) if (!known.has(key)) memory.scores.delete(key);
  for (const { key } of [...troubled, ...others])
    memory.scores.set(key, (await getNode(ctx, { network, key })).risk.score);
}
