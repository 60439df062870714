import { retentionSettingKey, toRetention } from "../features/settings/retention-rules.ts";
import { metricMapSettingKey, toMetricMap } from "../features/telemetry/metric-map.ts";
import type { MetricMap } from "../features/telemetry/schema.ts";
import type { Retention } from "../kernel/retention.ts";
import type { Database } from "../ports/database.ts";

export type IngestSettings = { retention: Retention; metricMap: MetricMap };

/** What a person may change while ingest runs. */
export async function readSettings({ sql }: Pick<Database, "sql">): Promise<IngestSettings> {
  const rows = await sql<{ key: string; value: unknown }>(
    "SELECT key, value FROM setting WHERE key = ANY ($1)",
    [[retentionSettingKey, metricMapSettingKey]],
  );
  const settingOf = (key: string) => rows.find((row) => row.key === key)?.value;
  return {
    retention: toRetention(settingOf(retentionSettingKey)),
    metricMap: toMetricMap(settingOf(metricMapSettingKey)),
  };
}
