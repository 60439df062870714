import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Assignee, ListAssigneesInput } from "./schema.ts";

/** Whoever may act on the alerts of a network: in every environment, and not deactivated. */
const mayAct = `u.disabled_at IS NULL AND EXISTS (
  SELECT FROM role_grant g WHERE g.user_id = u.id AND g.role IN ('operator', 'admin') AND g.environment IS NULL
    AND (g.network IS NULL OR g.network = $1))`;
const columns = `u.id, u.name, (SELECT count(*) FROM alert a
  WHERE a.network = $1 AND a.owner_id = u.id AND a.resolved_at IS NULL)::int AS open`;

/** To whom an alert of the network can be given, by name. */
export async function listAssignees(
  { db }: Pick<Ctx, "db">,
  { network, text, cursor, limit }: ListAssigneesInput,
): Promise<Page<Assignee>> {
  const values: unknown[] = [networkByName(network).id];
  const add = (value: unknown) => `$${values.push(value)}`;
  const [name, id] = cursor ? decodeCursor(cursor, 2) : [];
  const conditions = [
    mayAct,
    ...(text ? [`position(lower(${add(text)}) IN lower(u.name)) > 0`] : []),
    ...(cursor ? [`(u.name, u.id) > (${add(String(name))}, ${add(String(id))})`] : []),
  ];
  const rows = await db.sql<Assignee>(
    `SELECT ${columns} FROM auth_user u WHERE ${conditions.join(" AND ")} ORDER BY u.name, u.id LIMIT ${limit + 1}`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > page.length && last ? encodeCursor([last.name, last.id]) : null };
}

export async function findAssignee(
  { db }: Pick<Ctx, "db">,
  { network, id }: { network: NetworkName; id: string },
): Promise<Assignee | null> {
  const rows = await db.sql<Assignee>(`SELECT ${columns} FROM auth_user u WHERE ${mayAct} AND u.id = $2`, [
    networkByName(network).id,
    id,
  ]);
  return rows[0] ?? null;
}
