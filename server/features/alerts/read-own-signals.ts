import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Fleet } from "../nodes/load-fleet.ts";
import { lookbackMs, metricsOf } from "./figure-rules.ts";
import type { History } from "./history.ts";
import { type Histories, loadHistories } from "./load-histories.ts";
import type { MetricId } from "./metric-rules.ts";
import { type KnownNode, ownSignals } from "./own-signals.ts";
import type { OwnRule } from "./rule-schema.ts";
import type { EffectiveRule } from "./rules.ts";
import type { Signal } from "./signals.ts";

/** Minutes that were read already, and of what; read anew now and then, for what comes late and what is no longer needed. */
export type HistoryMemory = { readAt: Date | null; wholeAt: Date | null; key: string; histories: Histories };

export function aHistoryMemory(): HistoryMemory {
  return { readAt: null, wholeAt: null, key: "", histories: new Map() };
}

const minuteMs = 60_000;
const wholeEveryMs = 10 * minuteMs;
/** A minute is complete when what was on its way has come. */
const unsettledMs = 3 * minuteMs;
/** Longer windows are read in wider steps. */
const mostSteps = 360;
const noHistories: ReadonlyMap<MetricId, History> = new Map();

export type OwnRound = {
  network: NetworkName;
  at: Date;
  rules: ReadonlyMap<string, EffectiveRule>;
  fleet: Pick<Fleet, "rows" | "ids" | "stalled">;
  memory: HistoryMemory;
};

/** What the rules of people's own look at, at one moment: the minutes that they look back at, and their figures. */
export async function readOwnSignals(
  { db }: Pick<Ctx, "db">,
  { network, at, rules, fleet, memory }: OwnRound,
): Promise<Iterable<Signal>> {
  const own = [...rules.values()].filter((rule) => rule.own !== null);
  const looking = own.flatMap((rule) => (rule.own?.isEnabled ? [rule.own] : []));
  if (looking.length > 0)
    await keepUp(db, { network, at, rules: looking, nodeIds: [...fleet.ids.values()], memory });
  const nodes = fleet.rows
    .filter((row) => row.removedAt === null)
    .map((row): KnownNode => {
      const histories = memory.histories.get(fleet.ids.get(row.key) ?? -1) ?? noHistories;
      return {
        subject: { kind: "node", id: row.key, name: row.name },
        known: { histories, isStalled: fleet.stalled !== null },
      };
    });
  return ownSignals(own, nodes, at);
}

type Reading = {
  network: NetworkName;
  at: Date;
  rules: readonly OwnRule[];
  nodeIds: readonly number[];
  memory: HistoryMemory;
};

async function keepUp(
  db: Pick<Ctx["db"], "sql">,
  { network, at, rules, nodeIds, memory }: Reading,
): Promise<void> {
  const metrics = [...new Set(rules.flatMap(({ condition }) => metricsOf(condition)))].sort();
  const longestMs = Math.max(...rules.map(({ condition }) => lookbackMs(condition)));
  const stepMs = Math.max(1, Math.ceil(longestMs / minuteMs / mostSteps)) * minuteMs;
  const key = JSON.stringify([metrics, longestMs, nodeIds.length]);
  const sinceWholeMs = memory.wholeAt === null ? Number.NaN : at.getTime() - memory.wholeAt.getTime();
  const isKnown = key === memory.key && sinceWholeMs >= 0 && sinceWholeMs < wholeEveryMs;
  if (!isKnown) Object.assign(memory, aHistoryMemory(), { key, wholeAt: at });
  const backMs = isKnown && memory.readAt ? at.getTime() - memory.readAt.getTime() + unsettledMs : longestMs;
  const from = new Date(Math.floor((at.getTime() - backMs) / stepMs) * stepMs - stepMs);
  await loadHistories(db, { network, nodeIds, metrics, from, to: at, stepMs }, memory.histories);
  memory.readAt = at;
}
