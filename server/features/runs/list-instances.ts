import { msBetween } from "../../kernel/clock.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { parseRecords } from "../deployments/deployment-rows.ts";
import { forgottenAfterMs, silentAfterMs } from "../deployments/instance-rules.ts";
import { namesOfVersions } from "./names-of-versions.ts";
import type { RunInstance } from "./schema.ts";

type InstanceRow = Omit<RunInstance, "heardAt" | "isSilent" | "versions"> & {
  heardAt: Date;
  records: unknown;
};

/** Runtimes that spoke lately, in all environments, with the versions of the SET that each says it runs. */
export async function listRunInstances(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { agentId }: { agentId: string },
): Promise<RunInstance[]> {
  const at = clock.now();
  const rows = await db.sql<InstanceRow>(
    `SELECT i.environment, i.instance, i.region, i.heard_at AS "heardAt", i.generation, i.fault,
       coalesce(d.generation, 0) AS wanted, coalesce(s.records, '[]') AS records
     FROM agent_instance i
     LEFT JOIN deployment d USING (agent_id, environment)
     LEFT JOIN deployment_set s ON s.agent_id = i.agent_id AND s.environment = i.environment AND s.generation = i.generation
     WHERE i.agent_id = $1 AND i.heard_at > $2
     ORDER BY array_position('{prod,staging,dev}'::text[], i.environment), i.region, i.instance LIMIT 1000`,
    [agentId, new Date(at.getTime() - forgottenAfterMs)],
  );
  const cidsOf = ({ records }: InstanceRow) => [
    ...new Set(parseRecords(records).flatMap((record) => (record.enabled ? [record.version] : []))),
  ];
  const names = await namesOfVersions(db, agentId, rows.flatMap(cidsOf));
  return rows.map((row) => {
    const { heardAt, records: _, ...rest } = row;
    return {
      ...rest,
      heardAt: heardAt.toISOString(),
      isSilent: msBetween(heardAt, at) > silentAfterMs,
      versions: cidsOf(row).map((cid) => ({ cid, semver: names.get(cid) ?? null })),
    };
  });
}
