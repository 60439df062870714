import { countAgents } from "../../server/features/agents/count-agents.ts";
import { getAgent } from "../../server/features/agents/get-agent.ts";
import { listAgents } from "../../server/features/agents/list-agents.ts";
import { agentSorts } from "../../server/features/agents/list-rules.ts";
import { listVersions } from "../../server/features/agents/list-versions.ts";
import {
  agentDetailSchema,
  agentPageSchema,
  agentTotalsSchema,
  listAgentsInput,
  listVersionsInput,
  versionPageSchema,
} from "../../server/features/agents/schema.ts";
import { listPlaces } from "../../server/features/deployments/list-places.ts";
import { placeSummarySchema } from "../../server/features/deployments/schema.ts";
import type { Ctx } from "../../server/ports/ctx.ts";
import { agentCount, plannedAgent } from "./registry-plan.ts";

export type BenchCtx = Pick<Ctx, "db" | "clock">;
type Say = (line: string) => void;

/** Fewer for a first look. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 300);
const warmUp = Math.min(20, rounds);

/** The list in every order and with every filter, its first page and one far below, with the totals beside it. */
export async function measureList(ctx: BenchCtx, say: Say): Promise<number> {
  const filters = [
    {},
    { runsIn: "prod" },
    { state: "deployed" },
    { runsIn: "staging", state: "deployed" },
    { archived: true },
  ];
  const service = { agentService: plannedAgent(7).agentService };
  const questions = agentSorts.flatMap((sort) =>
    [...filters, service].map((filter) => ({ ...filter, sort })),
  );
  const cursors = new Map<number, string | null>();
  for (const [index, question] of questions.entries()) cursors.set(index, await farBelow(ctx, question));
  return p95("list and totals", say, async (round) => {
    const index = round % questions.length;
    const cursor = round % 2 === 0 ? null : cursors.get(index);
    const input = listAgentsInput.parse({ ...questions[index], cursor });
    const [page, totals] = await Promise.all([listAgents(ctx, input), countAgents(ctx)]);
    agentTotalsSchema.parse(totals);
    return agentPageSchema.parse(page).rows.length;
  });
}

const pagesBelow = 5;

async function farBelow(ctx: BenchCtx, question: object): Promise<string | null> {
  let cursor: string | null = null;
  for (let page = 0; page < pagesBelow; page++) {
    const { next } = await listAgents(ctx, listAgentsInput.parse({ ...question, cursor, limit: 200 }));
    if (next === null) break;
    cursor = next;
  }
  return cursor;
}

/** What people type, letter by letter and whole: parts of words, ids, two words, and what fits nothing. */
export function measureSearch(ctx: BenchCtx, say: Say): Promise<number> {
  const whole = Array.from({ length: 12 }, (_, n) => plannedAgent(n * 4_001)).flatMap(
    ({ id, alias, description }) => [
      alias,
      id,
      id.slice(0, 20),
      description.slice(0, 30),
      `${alias.split("-")[0]} yesterday`,
    ],
  );
  const typed = ["fraud scorer", "voice"].flatMap((text) =>
    [...text].map((_, end) => text.slice(0, end + 1)),
  );
  const questions = [
    ...whole,
    ...typed,
    "zq",
    "nothing-like-this",
    "96 teams",
    "parcel keeper newest",
    "%",
    "_",
  ];
  return p95("search", say, async (round) => {
    const text = questions[round % questions.length];
    const sort = agentSorts[round % agentSorts.length];
    return agentPageSchema.parse(await listAgents(ctx, listAgentsInput.parse({ text, sort }))).rows.length;
  });
}

/** What an agent's page asks at once, and the whole list of its versions; those with thousands of them too. */
export function measureAgent(ctx: BenchCtx, say: Say): Promise<number> {
  return p95("an agent's page", say, async (round) => {
    const { id } = plannedAgent(round % 5 === 0 ? round % 20 : (round * 7_919) % agentCount);
    const versions = (input: object) =>
      listVersions(ctx, listVersionsInput.parse({ agentId: id, ...input })).then((page) =>
        versionPageSchema.parse(page),
      );
    const [agent, places] = await Promise.all([
      getAgent(ctx, { id }),
      listPlaces(ctx, { agentId: id }),
      versions({ limit: 8 }),
      versions({ state: "archived" }),
    ]);
    placeSummarySchema.array().parse(places);
    return agentDetailSchema.parse(agent).agent.versions;
  });
}

async function p95(what: string, say: Say, ask: (round: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const startedAt = performance.now();
    await ask(Math.abs(round));
    if (round >= 0) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((times[Math.floor(share * (times.length - 1))] ?? Number.NaN) * 10) / 10;
  say(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms`);
  return at(0.95);
}
