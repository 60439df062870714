import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { isOwnRule } from "./own-rules.ts";
import {
  type ListRevisionsInput,
  ownRevisionSchema,
  type RuleRevision,
  ruleChangesSchema,
} from "./rule-schema.ts";
import type { StoredRevision } from "./store.ts";

const kept = 100;

/** What a network changed of a rule, newest first. */
export async function listRevisions(
  { db }: Pick<Ctx, "db">,
  { network, id }: ListRevisionsInput,
): Promise<RuleRevision[]> {
  const rows = await db.sql<StoredRevision>(
    `SELECT rule, revision, changes, reason, made_at AS "madeAt", made_by AS "madeBy" FROM alert_rule
     WHERE network = $1 AND rule = $2 ORDER BY revision DESC LIMIT ${kept}`,
    [networkByName(network).id, id],
  );
  return rows.map(({ revision, changes, reason, madeAt, madeBy }) => ({
    revision,
    ...(isOwnRule(id)
      ? { changes: null, own: ownRevisionSchema.nullable().catch(null).parse(changes) }
      : { changes: ruleChangesSchema.catch({}).parse(changes), own: null }),
    reason,
    madeAt: madeAt.toISOString(),
    madeBy,
  }));
}
