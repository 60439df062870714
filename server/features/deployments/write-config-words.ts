import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { StatusTally } from "./status-tally.ts";

const given = `json_to_recordset($1::json) AS new ("agentId" text, environment text, instance text, region text,
  revision integer, time timestamptz, fault text)`;

/** What instances say of configurations: that they run one, or why they do not. The first word of each counts. */
export async function writeConfigWords(tx: BulkTransaction, { configWords }: StatusTally): Promise<void> {
  if (configWords.length === 0) return;
  const rows = configWords.map(({ time, data }) => ({ ...data, time }));
  await tx.sql(
    `INSERT INTO agent_config_acknowledgement AS kept (agent_id, environment, revision, instance, acknowledged_at, fault)
     SELECT DISTINCT ON (1, 2, 3, 4) "agentId", environment, revision, instance, time, fault
     FROM ${given} ORDER BY 1, 2, 3, 4, fault NULLS FIRST, time
     ON CONFLICT (agent_id, environment, revision, instance) DO UPDATE
       SET acknowledged_at = excluded.acknowledged_at, fault = excluded.fault WHERE kept.fault IS NOT NULL`,
    [JSON.stringify(rows)],
  );
  await tx.sql(
    `INSERT INTO agent_instance AS kept (agent_id, environment, instance, region, heard_at, config_revision, config_fault)
     SELECT DISTINCT ON (1, 2, 3) "agentId", environment, instance, region, time,
       CASE WHEN fault IS NULL THEN revision END, fault
     FROM ${given} ORDER BY 1, 2, 3, time DESC, revision DESC
     ON CONFLICT (agent_id, environment, instance) DO UPDATE SET
       region = excluded.region, heard_at = greatest(kept.heard_at, excluded.heard_at),
       config_revision = coalesce(excluded.config_revision, kept.config_revision), config_fault = excluded.config_fault`,
    [JSON.stringify(rows)],
  );
}
