import { notFound } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { loadFleet } from "../nodes/load-fleet.ts";
import { fitsPattern } from "../notify/rules.ts";
import { builtInCondition } from "./built-in-conditions.ts";
import { ruleById } from "./catalogue.ts";
import type { Condition } from "./condition-schema.ts";
import { figureOf, lookbackMs, metricsOf } from "./figure-rules.ts";
import type { History } from "./history.ts";
import { loadHistories } from "./load-histories.ts";
import type { MetricId } from "./metric-rules.ts";
import { toEffectiveRule } from "./own-rules.ts";
import { bandsOf, type Episode, type Figure, replay } from "./replay.ts";
import type { PreviewRuleInput, RulePreview } from "./rule-schema.ts";
import { type EffectiveRule, withChanges } from "./rules.ts";

const weekMs = 7 * 86_400_000;
const stepMs = 300_000;
/** A week of so many is read in a few seconds; of a larger network it is these, and the answer says so. */
const mostNodes = 100;
const shownEpisodes = 20;

/** When a rule would have fired in the last seven days, by the minutes that are kept. */
export async function previewRule(
  ctx: Ctx,
  { network, rule: asked }: PreviewRuleInput,
): Promise<RulePreview> {
  const { rule, condition, nodes } = toReplayed(asked);
  if (condition === null)
    return { kind: "unknown", why: `No history by the minute is kept of the ${rule.signal}.` };
  const end = Math.floor(ctx.clock.now().getTime() / stepMs) * stepMs;
  const { looked, ofNodes } = await chooseNodes(ctx, { network, nodes });
  const metrics = metricsOf(condition);
  const from = new Date(end - weekMs - lookbackMs(condition));
  const nodeIds = looked.map(({ id }) => id);
  const histories = await loadHistories(ctx.db, {
    network,
    nodeIds,
    metrics,
    from,
    to: new Date(end),
    stepMs,
  });
  const moments = Array.from({ length: weekMs / stepMs }, (_, step) => end - weekMs + step * stepMs);
  const replayed = widened(condition);
  const worst = new Array<number | null>(moments.length).fill(null);
  const episodes: (Episode & { subject: string })[] = [];
  for (const { id, name } of looked) {
    const known = { histories: histories.get(id) ?? noHistories, isStalled: false };
    const figures = moments.map((at): Figure => ({ at, value: figureOf(replayed, known, at + stepMs) }));
    takeWorst(worst, figures, rule);
    for (const episode of replay(rule, figures, end)) episodes.push({ ...episode, subject: name });
  }
  return toPreview({ rule, episodes, worst, end, nodes: looked.length, ofNodes });
}

const noHistories: ReadonlyMap<MetricId, History> = new Map();

type Replayed = { rule: EffectiveRule; condition: Condition | null; nodes: string };

function toReplayed(asked: PreviewRuleInput["rule"]): Replayed {
  if ("own" in asked)
    return {
      rule: toEffectiveRule("own-0", { ...asked.own, isEnabled: true }, 0),
      condition: asked.own.condition,
      nodes: asked.own.nodes,
    };
  const definition = ruleById(asked.id);
  if (!definition) throw notFound("rule", asked.id);
  const rule = withChanges(definition, { ...asked.changes, isEnabled: true }, 0);
  return { rule, condition: builtInCondition(rule), nodes: "*" };
}

async function chooseNodes(ctx: Ctx, { network, nodes }: { network: NetworkName; nodes: string }) {
  const fleet = await loadFleet(ctx, { network, at: ctx.clock.now() });
  const fitting = fleet.rows
    .filter(({ removedAt, name }) => removedAt === null && (nodes === "*" || fitsPattern(nodes, name)))
    .flatMap(({ key, name }) => {
      const id = fleet.ids.get(key);
      return id === undefined ? [] : [{ id, name }];
    });
  return { looked: fitting.slice(0, mostNodes), ofNodes: fitting.length };
}

/** No window is narrower than a step of the history. */
function widened(condition: Condition): Condition {
  const atLeast = (windowMs: number) => Math.max(windowMs, stepMs);
  if (condition.kind === "burn-rate")
    return {
      ...condition,
      pairs: condition.pairs.map((pair) => ({
        ...pair,
        shortMs: atLeast(pair.shortMs),
        longMs: atLeast(pair.longMs),
      })),
    };
  return "windowMs" in condition ? { ...condition, windowMs: atLeast(condition.windowMs) } : condition;
}

function takeWorst(worst: (number | null)[], figures: readonly Figure[], { breach }: EffectiveRule): void {
  for (const [step, { value }] of figures.entries()) {
    if (value === null || value >= Number.MAX_SAFE_INTEGER) continue;
    const before = worst[step] ?? null;
    if (before === null || (breach === "above" ? value > before : value < before)) worst[step] = value;
  }
}

type Outcome = {
  rule: EffectiveRule;
  episodes: readonly (Episode & { subject: string })[];
  worst: (number | null)[];
  end: number;
  nodes: number;
  ofNodes: number;
};

function toPreview({ rule, episodes, worst, end, nodes, ofNodes }: Outcome): RulePreview {
  const lengthOf = ({ from, to }: Episode) => (to ?? end) - from;
  const longest = [...episodes].sort((a, b) => lengthOf(b) - lengthOf(a));
  const instant = (ms: number) => new Date(ms).toISOString();
  return {
    kind: "replayed",
    from: instant(end - weekMs),
    to: instant(end),
    stepMs,
    nodes,
    ofNodes,
    fired: episodes.length,
    longestMs: longest[0] ? Math.max(0, lengthOf(longest[0])) : 0,
    episodes: longest.slice(0, shownEpisodes).map((episode) => ({
      subject: episode.subject,
      from: instant(episode.from),
      to: episode.to === null ? null : instant(episode.to),
      forMs: Math.max(0, lengthOf(episode)),
    })),
    limit: rule.limit,
    breach: rule.breach,
    worst,
    bands: bandsOf(episodes, end).map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
  };
}
