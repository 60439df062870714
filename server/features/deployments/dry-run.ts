import type { Ctx } from "../../ports/ctx.ts";
import { findDeployment } from "./deployment-rows.ts";
import { judgeSetOf } from "./judge-set-of.ts";
import { buildRoutes, chooseRecord, type Route } from "./routing-rules.ts";
import type { DryRun, JudgeSetInput } from "./schema.ts";

const maxEvents = 5_000;
const maxChanges = 50;

type RecentEvent = { vaultId: string; scope: string; eventType: string; endedAt: Date };

/** Who would get what: the draft and the SET in force, each over the same recent jobs. Nothing is executed. */
export async function dryRunSet(ctx: Ctx, input: JudgeSetInput): Promise<DryRun> {
  const at = ctx.clock.now();
  const [verdict, current, events] = await Promise.all([
    judgeSetOf(ctx.db.sql, { place: input, records: input.records, at }),
    findDeployment(ctx.db.sql, input),
    ctx.db.sql<RecentEvent>(
      `SELECT vault_id AS "vaultId", vault_scope AS scope, event_type AS "eventType", ended_at AS "endedAt" FROM agent_job
       WHERE agent_id = $1 AND environment = $2 ORDER BY ended_at DESC, id LIMIT ${maxEvents}`,
      [input.agentId, input.environment],
    ),
  ]);
  const now = buildRoutes(current?.records ?? []);
  const draft = buildRoutes(verdict.records ?? []);
  return compare(events, { now, draft, agentId: input.agentId, at: at.getTime() });
}

type Compared = { now: readonly Route[]; draft: readonly Route[]; agentId: string; at: number };

function compare(events: readonly RecentEvent[], { now, draft, agentId, at }: Compared): DryRun {
  const counts = new Map<string, { now: number; draft: number }>();
  const changes = new Map<string, DryRun["changes"][number]>();
  const count = (version: string | undefined, side: "now" | "draft") => {
    if (version === undefined) return;
    const known = counts.get(version) ?? { now: 0, draft: 0 };
    known[side]++;
    counts.set(version, known);
  };
  let changedEvents = 0;
  for (const { vaultId, scope, eventType } of events) {
    const facts = { vault: { id: vaultId, scope }, event: { type: eventType } };
    const before = chooseRecord(now, { agentId, facts, at });
    const after = chooseRecord(draft, { agentId, facts, at });
    count(before?.version, "now");
    count(after?.version, "draft");
    if (before?.version === after?.version) continue;
    changedEvents++;
    const key = `${vaultId}\n${scope}\n${after?.name}`;
    const known = changes.get(key);
    if (known) known.events++;
    else if (changes.size < maxChanges)
      changes.set(key, {
        vaultId,
        scope,
        events: 1,
        now: before?.version ?? null,
        draft: after?.version ?? null,
        record: after?.name ?? null,
      });
  }
  return {
    events: events.length,
    since: events.at(-1)?.endedAt.toISOString() ?? null,
    versions: [...counts].map(([version, sides]) => ({ version, ...sides })),
    changes: [...changes.values()].sort((a, b) => b.events - a.events),
    changedEvents,
  };
}
