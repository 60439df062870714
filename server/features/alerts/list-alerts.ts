import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { rankOf } from "./rules.ts";
import type { AlertFilter, AlertPage, AlertView, ListAlertsInput } from "./schema.ts";
import { type AlertRow, alertColumns, toAlert } from "./store.ts";

/** Worst first, of equals the newest first; resolved ones by when they ended. A page costs the same wherever it is. */
export async function listAlerts(
  ctx: Pick<Ctx, "db" | "clock" | "actor">,
  input: ListAlertsInput,
): Promise<AlertPage> {
  const isHistory = input.view === "resolved";
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    ...alertConditions(ctx, input, add),
    ...(input.cursor ? [afterCondition(isHistory, positionOf(input.cursor), add)] : []),
  ];
  const order = isHistory ? "resolved_at DESC, id DESC" : "severity, pending_at DESC, id DESC";
  const rows = await ctx.db.sql<AlertRow>(
    `SELECT ${alertColumns} FROM alert WHERE ${parts.join(" AND ")} ORDER BY ${order} LIMIT ${input.limit + 1}`,
    values,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? cursorOf(last, isHistory) : null;
  return { rows: page.map(toAlert), next };
}

/** Of a view of a network, what fits the filter. `add` adds a value and gives its position. */
export function alertConditions(
  { actor, clock }: Pick<Ctx, "actor" | "clock">,
  { network, view, severity, owner, text, rule, subject }: AlertFilter,
  add: (value: unknown) => string,
): string[] {
  return [
    `network = ${add(networkByName(network).id)}`,
    ...viewConditions(view, () => add(clock.now())),
    ...(severity?.length ? [`severity = ANY (${add(severity.map(rankOf))}::smallint[])`] : []),
    ...(owner ? [ownerCondition(owner, actor.id, add)] : []),
    ...(text ? [textCondition(add(`%${escapeLike(text)}%`))] : []),
    ...(rule ? [`rule = ${add(rule)}`] : []),
    ...(subject ? [`subject_kind = ${add(subject.kind)} AND subject_id = ${add(subject.id)}`] : []),
  ];
}

/** What each view holds; they are apart, and together they are all alerts. `now` adds the moment as a value. */
export function viewConditions(view: AlertView, now: () => string): string[] {
  switch (view) {
    case "resolved":
      return ["resolved_at IS NOT NULL"];
    case "pending":
      return ["resolved_at IS NULL", "state = 'pending'"];
    case "quiet":
      return ["resolved_at IS NULL", "state = 'firing'", hidden(now())];
    case "acknowledged":
      return [...heard(now), "acknowledged_at IS NOT NULL"];
    case "queue":
      return [...heard(now), "acknowledged_at IS NULL"];
  }
}

function heard(now: () => string): string[] {
  return ["resolved_at IS NULL", "state = 'firing'", `NOT ${hidden(now())}`];
}

/** Snoozed, silenced, in maintenance, or explained by another alert. */
function hidden(now: string): string {
  return `(inhibited_by IS NOT NULL OR coalesce(quiet_until > ${now}, false) OR coalesce(maintenance_until > ${now}, false))`;
}

function ownerCondition(owner: string, me: string, add: (value: unknown) => string): string {
  if (owner === "none") return "owner_id IS NULL";
  return `owner_id = ${add(owner === "me" ? me : owner)}`;
}

function textCondition(position: string): string {
  return `(subject_name ILIKE ${position} OR title ILIKE ${position})`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

type Position = { rank: number; at: string; id: string };

function cursorOf(last: AlertRow, isHistory: boolean): string {
  const at = isHistory ? last.resolvedAt : last.pendingAt;
  return encodeCursor([last.severity, (at ?? last.pendingAt).toISOString(), last.id]);
}

const positionSchema = z.tuple([z.int().min(1).max(3), z.iso.datetime(), z.string().regex(/^\d{1,18}$/)]);

function positionOf(cursor: string): Position {
  const position = positionSchema.safeParse(decodeCursor(cursor, 3));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  const [rank, at, id] = position.data;
  return { rank, at, id };
}

function afterCondition(
  isHistory: boolean,
  { rank, at, id }: Position,
  add: (value: unknown) => string,
): string {
  if (isHistory) return `(resolved_at, id) < (${add(at)}::timestamptz, ${add(id)}::bigint)`;
  const position = add(rank);
  return `severity >= ${position} AND (severity > ${position} OR (pending_at, id) < (${add(at)}::timestamptz, ${add(id)}::bigint))`;
}
