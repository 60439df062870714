import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";

/** The only data source that shipped panels ask; by its database role it sees one audience's views. */
export const frameSource = "cere-pg";

const querySchema = z
  .looseObject({ refId: z.string().max(40), datasource: z.looseObject({ uid: z.literal(frameSource) }) })
  .transform(({ datasourceId: _old, ...query }) => query);
const bodySchema = z.object({
  queries: z.array(querySchema).min(1).max(26),
  from: z.union([z.string().max(40), z.number()]).optional(),
  to: z.union([z.string().max(40), z.number()]).optional(),
});

/**
 * A body of POST /api/ds/query as it goes on: written anew from what was understood, so that Grafana cannot read
 * another data source in it than was checked here. What is asked of that source is the database role's to decide.
 */
export function judgeQuery(text: string): string {
  const body = bodySchema.safeParse(parsed(text));
  if (!body.success) throw invalid("Panels ask the shipped data source, by its uid.");
  return JSON.stringify(body.data);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
