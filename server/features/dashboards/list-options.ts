import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { expandQuery } from "./expand-query.ts";
import type { Variable } from "./schema.ts";

const mostOptions = 200;

/** What a variable of a dashboard can be on this network. */
export async function listOptions(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { query }: Variable,
  network: NetworkName,
): Promise<string[]> {
  const now = clock.now();
  const scope = { network, from: now, to: now, stepMs: 60_000, variables: new Map<string, string[]>() };
  const rows = await db.sql<Record<string, unknown>>(expandQuery(query, scope).text);
  const values = rows.flatMap((row) => Object.values(row).slice(0, 1)).map(String);
  return [...new Set(values)].slice(0, mostOptions);
}
