import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { alertConditions } from "./list-alerts.ts";
import { severityOf } from "./rules.ts";
import {
  type AlertGroup,
  type AlertGroupPage,
  type GroupBy,
  type ListGroupsInput,
  type SubjectKind,
  subjectKinds,
} from "./schema.ts";

type GroupRow = {
  key: string;
  rule: string | null;
  subjectKind: SubjectKind | null;
  subjectId: string | null;
  name: string;
  rank: number;
  alerts: number;
  critical: number;
  warning: number;
  info: number;
  owned: number;
  newestAt: Date;
};

type Grouping = { key: string; columns: string; name: string; by: string };

/** What alerts are put together by, and what a group is called by. */
const groupings: Record<GroupBy, Grouping> = {
  rule: {
    key: "rule",
    columns: `rule, NULL AS "subjectKind", NULL AS "subjectId"`,
    name: "max(title)",
    by: "rule",
  },
  subject: {
    key: "subject_kind || ':' || subject_id",
    columns: `NULL AS rule, subject_kind AS "subjectKind", subject_id AS "subjectId"`,
    name: "max(subject_name)",
    by: "subject_kind, subject_id",
  },
  severity: {
    key: "severity::text",
    columns: `NULL AS rule, NULL AS "subjectKind", NULL AS "subjectId"`,
    name: "''",
    by: "severity",
  },
};

/** The alerts of a view put together, the group with the worst first, of equals the largest. */
export async function listGroups(
  ctx: Pick<Ctx, "db" | "clock" | "actor">,
  input: ListGroupsInput,
): Promise<AlertGroupPage> {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const conditions = alertConditions(ctx, input, add);
  const { key, columns, name, by } = groupings[input.by];
  const after = input.cursor ? `HAVING ${afterCondition(key, positionOf(input.cursor), add)}` : "";
  const rows = await ctx.db.sql<GroupRow>(
    `SELECT ${key} AS key, ${columns}, ${name} AS name, min(severity)::int AS rank, count(*)::int AS alerts,
            ${countOf(1)} AS critical, ${countOf(2)} AS warning, ${countOf(3)} AS info,
            count(owner_id)::int AS owned, max(pending_at) AS "newestAt"
     FROM alert WHERE ${conditions.join(" AND ")} GROUP BY ${by} ${after}
     ORDER BY min(severity), count(*) DESC, ${key} LIMIT ${input.limit + 1}`,
    values,
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.rank, last.alerts, last.key]) : null;
  return { rows: page.map((row) => toGroup(row, input.by)), next };
}

function countOf(rank: number): string {
  return `(count(*) FILTER (WHERE severity = ${rank}))::int`;
}

const positionSchema = z.tuple([z.int().min(1).max(3), z.int().min(1), z.string().max(600)]);

function positionOf(cursor: string): z.output<typeof positionSchema> {
  const position = positionSchema.safeParse(decodeCursor(cursor, 3));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

function afterCondition(
  key: string,
  [rank, alerts, last]: z.output<typeof positionSchema>,
  add: (value: unknown) => string,
): string {
  return `(min(severity), -count(*), ${key}) > (${add(rank)}::int, ${add(-alerts)}::bigint, ${add(last)}::text)`;
}

function toGroup(row: GroupRow, by: GroupBy): AlertGroup {
  const { key, rule, subjectId, name, rank, alerts, critical, warning, info, owned, newestAt } = row;
  const kind = subjectKinds.find((known) => known === row.subjectKind);
  return {
    key: by === "severity" ? severityOf(rank) : key,
    rule,
    subject: kind && subjectId !== null ? { kind, id: subjectId, name } : null,
    severity: severityOf(rank),
    name,
    alerts,
    bySeverity: { critical, warning, info },
    owned,
    newestAt: newestAt.toISOString(),
  };
}
