import { z } from "zod";
import { notFound } from "../../kernel/errors.ts";
import { networkById } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { contentSchema, logLineSchema, taskSchema } from "../deployments/desired-state-schema.ts";
import { lineageRootsOf } from "../lineage/roots-of-run.ts";
import { type RunRow, runColumns, runTables, toRun } from "./run-rows.ts";
import type { RunDetail } from "./schema.ts";

type DetailRow = RunRow & {
  region: string | null;
  stack: string | null;
  result: string | null;
  tasks: unknown;
  logs: unknown;
  inputs: unknown;
};

const partsSchema = z.object({
  tasks: z.array(taskSchema),
  logs: z.array(logLineSchema),
  inputs: z.array(contentSchema),
  outputs: z.array(contentSchema),
});

/** One job whole: its tasks, what they said, what they read and made, and the SET that sent it there. */
export async function getRun(
  { db }: Pick<Ctx, "db">,
  { agentId, id }: { agentId: string; id: string },
): Promise<RunDetail> {
  const [row] = await db.sql<DetailRow>(
    `SELECT ${runColumns}, i.region, j.stack, j.output AS result, j.tasks, j.logs, j.inputs
     FROM ${runTables} LEFT JOIN agent_instance i
       ON i.agent_id = j.agent_id AND i.environment = j.environment AND i.instance = j.instance
     WHERE j.agent_id = $1 AND j.id = $2`,
    [agentId, id],
  );
  if (!row) throw notFound("run", id);
  const { region, stack, result, tasks, logs, inputs, ...of } = row;
  const run = toRun(of);
  const parts = partsSchema.parse({ tasks, logs, inputs, outputs: of.outputs });
  const [[set], roots] = await Promise.all([
    db.sql<{ generation: number; appliedAt: Date }>(
      `SELECT generation, applied_at AS "appliedAt" FROM deployment_set
       WHERE agent_id = $1 AND environment = $2 AND applied_at <= $3 ORDER BY applied_at DESC, generation DESC LIMIT 1`,
      [agentId, run.environment, run.startedAt],
    ),
    lineageRootsOf(db, id),
  ]);
  return {
    run,
    region,
    stack,
    result,
    ...parts,
    tasks: parts.tasks.map((task) => ({ ...task, startedAt: new Date(task.startedAt).toISOString() })),
    set: set ? { generation: set.generation, appliedAt: set.appliedAt.toISOString() } : null,
    lineage: roots.map(({ network, root }) => ({ network: networkById(network).name, root })),
  };
}
