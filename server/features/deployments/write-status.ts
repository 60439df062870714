import type { BulkTransaction } from "../../ports/bulk-store.ts";
import { statusTypes } from "./desired-state-schema.ts";
import type { StatusTally } from "./status-tally.ts";
import { writeConfigWords } from "./write-config-words.ts";

/** Rows in the order of their keys, so that two writers never wait for each other in a circle. */
export async function writeStatus(tx: BulkTransaction, tally: StatusTally): Promise<void> {
  await writeSlots(tx, tally);
  await writeInstances(tx, tally);
  await writeConfigWords(tx, tally);
  await writeJobs(tx, tally);
}

async function writeSlots(tx: BulkTransaction, { slots }: StatusTally): Promise<void> {
  if (slots.size === 0) return;
  const rows = [...slots.values()].map(({ bins: _, at, ...slot }) => ({
    ...slot,
    at: new Date(at).toISOString(),
  }));
  await tx.sql(
    `INSERT INTO agent_slot AS kept (agent_id, environment, version, at, finished, failed)
     SELECT agent, environment, version, at, finished, failed
     FROM json_to_recordset($1::json) AS new (agent text, environment text, version text, at timestamptz, finished bigint, failed bigint)
     ORDER BY 1, 2, 4, 3
     ON CONFLICT (agent_id, environment, at, version) DO UPDATE
       SET finished = kept.finished + excluded.finished, failed = kept.failed + excluded.failed`,
    [JSON.stringify(rows)],
  );
  const bins = [...slots.values()].flatMap(({ agent, environment, version, at, bins: counts }) =>
    [...counts].map(([bin, count]) => ({
      agent,
      environment,
      version,
      at: new Date(at).toISOString(),
      bin,
      count,
    })),
  );
  await tx.sql(
    `INSERT INTO agent_latency AS kept (agent_id, environment, version, at, bin, count)
     SELECT agent, environment, version, at, bin, count
     FROM json_to_recordset($1::json) AS new (agent text, environment text, version text, at timestamptz, bin smallint, count bigint)
     ORDER BY 1, 2, 4, 3, 5
     ON CONFLICT (agent_id, environment, at, version, bin) DO UPDATE SET count = kept.count + excluded.count`,
    [JSON.stringify(bins)],
  );
}

async function writeInstances(tx: BulkTransaction, { words }: StatusTally): Promise<void> {
  const rows = [...words.values()].map(({ type, time, data }) => ({
    ...data,
    time,
    revision: type === statusTypes.heartbeat ? data.revision : null,
    acknowledged: type === statusTypes.acknowledged ? time : null,
    fault: type === statusTypes.acknowledged ? data.fault : null,
  }));
  if (rows.length === 0) return;
  // One row an instance: Postgres updates no row twice in one statement.
  for (const acknowledged of [false, true]) {
    const part = rows.filter((row) => (row.acknowledged !== null) === acknowledged);
    if (part.length === 0) continue;
    await tx.sql(
      `INSERT INTO agent_instance AS kept
         (agent_id, environment, instance, region, heard_at, generation, acknowledged_at, fault, config_revision)
       SELECT "agentId", environment, instance, region, time, generation, acknowledged, fault, revision
       FROM json_to_recordset($1::json) AS new ("agentId" text, environment text, instance text, region text,
         time timestamptz, generation integer, acknowledged timestamptz, fault text, revision integer)
       ORDER BY 1, 2, 3
       ON CONFLICT (agent_id, environment, instance) DO UPDATE SET
         region = excluded.region, heard_at = greatest(kept.heard_at, excluded.heard_at),
         generation = CASE WHEN excluded.fault IS NULL THEN excluded.generation ELSE kept.generation END,
         acknowledged_at = CASE WHEN excluded.acknowledged_at IS NULL OR excluded.generation = kept.generation
           THEN coalesce(kept.acknowledged_at, excluded.acknowledged_at) ELSE excluded.acknowledged_at END,
         fault = CASE WHEN excluded.acknowledged_at IS NULL THEN kept.fault ELSE excluded.fault END,
         config_revision = coalesce(excluded.config_revision, kept.config_revision)`,
      [JSON.stringify(part)],
    );
  }
}

async function writeJobs(tx: BulkTransaction, { jobs }: StatusTally): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(({ id, type, data }) => ({
    ...data,
    id,
    ended: new Date(Date.parse(data.startedAt) + data.tookMs).toISOString(),
    error: type === statusTypes.failed ? data.error : null,
    stack: type === statusTypes.failed ? data.stack : null,
    cids: [...new Set([...data.inputs, ...data.outputs].map(({ cid }) => cid))],
  }));
  await tx.sql(
    `INSERT INTO agent_job (id, agent_id, environment, version, record, instance, event_id, event_type, vault_id,
       vault_scope, ended_at, took_ms, error, stack, output, tasks, logs, inputs, outputs, cids)
     SELECT id, "agentId", environment, version, record, instance, "eventId", "eventType", "vaultId", "vaultScope",
       ended, "tookMs", error, stack, output, tasks, logs, inputs, outputs, cids
     FROM json_to_recordset($1::json) AS new (id text, "agentId" text, environment text, version text, record text,
       instance text, "eventId" text, "eventType" text, "vaultId" text, "vaultScope" text, ended timestamptz,
       "tookMs" double precision, error text, stack text, output text, tasks jsonb, logs jsonb, inputs jsonb,
       outputs jsonb, cids text[])
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
