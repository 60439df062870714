import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { placesOf } from "../deployments/list-places.ts";
import { type AgentRow, agentColumns, toAgent } from "./agent-row.ts";
import type { Agent, AgentPage, ListAgentsInput } from "./schema.ts";

const orders = {
  alias: { by: "alias", direction: "ASC" },
  changed: { by: "changed_at", direction: "DESC" },
  versions: { by: "versions", direction: "DESC" },
} as const;

/** A page of agents; every word has to be part of the id or the description. */
export async function listAgents(ctx: Pick<Ctx, "db" | "clock">, input: ListAgentsInput): Promise<AgentPage> {
  const { rows, next } = await pageOf(ctx, input);
  const places = await placesOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return { rows: rows.map((agent) => ({ ...agent, places: places.get(agent.id) ?? [] })), next };
}

async function pageOf(
  { db }: Pick<Ctx, "db">,
  input: ListAgentsInput,
): Promise<{ rows: Agent[]; next: string | null }> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const { by, direction } = orders[input.sort];
  const conditions = [
    ...(input.archived ? [] : ["NOT is_archived"]),
    ...(input.agentService ? [`agent_service = ${add(input.agentService)}`] : []),
    ...(input.state ? [`latest_state = ${add(input.state)}`] : []),
    ...(input.runsIn ? [`id IN (${runningIn(add(input.runsIn))})`] : []),
    ...wordsOf(input.text).map((word) => `words LIKE ${add(`%${word.replace(/[\\%_]/g, "\\$&")}%`)}`),
    ...(input.cursor ? [afterCondition(input, add)] : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const rows = await db.sql<AgentRow>(
    `SELECT ${agentColumns} FROM agent ${where} ORDER BY ${by} ${direction}, id ASC LIMIT ${add(input.limit + 1)}`,
    values,
  );
  const page = rows.slice(0, input.limit).map(toAgent);
  const last = page.at(-1);
  return { rows: page, next: rows.length > page.length && last ? cursorOf(last, input.sort) : null };
}

/** Agents that were taken out again keep their row, with no record in it. */
function runningIn(environment: string): string {
  return `SELECT agent_id FROM deployment WHERE environment = ${environment} AND records <> '[]'`;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
}

function cursorOf(last: Agent, sort: ListAgentsInput["sort"]): string {
  const value = { alias: last.alias, changed: last.changedAt, versions: last.versions }[sort];
  return encodeCursor([sort, value, last.id]);
}

const positions = {
  alias: z.string(),
  changed: z.iso.datetime(),
  versions: z.int(),
} as const;
const types = { alias: "text", changed: "timestamptz", versions: "int" } as const;

function afterCondition({ sort, cursor }: ListAgentsInput, add: (value: unknown) => string): string {
  const [of, value, id] = decodeCursor(cursor ?? "", 3);
  if (of !== sort || typeof id !== "string" || id.includes("\0") || !positions[sort].safeParse(value).success)
    throw invalid("This page link is damaged. Start again from the first page.");
  const { by, direction } = orders[sort];
  const at = `${add(value)}::${types[sort]}`;
  const beyond = direction === "ASC" ? ">" : "<";
  return `${by} ${beyond}= ${at} AND (${by} ${beyond} ${at} OR id > ${add(id)})`;
}
