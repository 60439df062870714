import { type MetricMap, metricMapSchema } from "./schema.ts";

/** Key of the setting that replaces the rules of single readings. */
export const metricMapSettingKey = "telemetry.metric_map";

const loopback = ["lo", "lo0"];

/**
 * Host metrics by OpenTelemetry's semantic conventions (system.*) and, since the storage node's own metric names are not
 * public, `ddc.*` names of our choice. Attribute names are the short ones; rules.ts knows their longer forms.
 */
export const defaultMetricMap: MetricMap = {
  cpu: [{ take: "level", metric: "system.cpu.utilization", reduce: "busy" }],
  memory: [
    { take: "level", metric: "system.memory.utilization", reduce: "sum", where: { state: ["used"] } },
    { take: "level", metric: "system.memory.utilization", reduce: "mean", except: { state: ["*"] } },
  ],
  disk: [
    { take: "level", metric: "system.filesystem.utilization", reduce: "max" },
    {
      take: "level",
      metric: "system.filesystem.usage",
      reduce: "used_share",
      where: { state: ["used", "free"] },
    },
  ],
  load_1m: [{ take: "level", metric: "system.cpu.load_average.1m", reduce: "max" }],
  cpu_cores: [{ take: "level", metric: "system.cpu.logical.count", reduce: "max" }],
  memory_bytes: [
    { take: "level", metric: "system.memory.limit", reduce: "max" },
    {
      take: "level",
      metric: "system.memory.usage",
      reduce: "sum",
      where: { state: ["used", "free", "buffered", "cached"] },
    },
  ],
  // Without what is reserved for the system: the node can never use it.
  disk_total_bytes: [
    { take: "level", metric: "system.filesystem.usage", reduce: "sum", where: { state: ["used", "free"] } },
  ],
  disk_used_bytes: [
    { take: "level", metric: "system.filesystem.usage", reduce: "sum", where: { state: ["used"] } },
  ],
  disk_read_ms: [
    {
      take: "quotient",
      metric: "system.disk.operation_time",
      by: "system.disk.operations",
      scale: 1_000,
      where: { direction: ["read"] },
    },
  ],
  net_in_bps: [
    {
      take: "rate",
      metric: "system.network.io",
      scale: 8,
      where: { direction: ["receive"] },
      except: { device: loopback },
    },
  ],
  net_out_bps: [
    {
      take: "rate",
      metric: "system.network.io",
      scale: 8,
      where: { direction: ["transmit"] },
      except: { device: loopback },
    },
  ],
  link_bps: [{ take: "attribute", attribute: "ddc.link.bps" }],
  stored_bytes: [{ take: "level", metric: "ddc.storage.stored", reduce: "sum" }],
  pieces: [{ take: "level", metric: "ddc.storage.pieces", reduce: "sum" }],
};

/** The defaults with what the setting replaces; a setting that is not understood replaces nothing. */
export function toMetricMap(setting: unknown): MetricMap {
  const parsed = metricMapSchema.safeParse(setting ?? {});
  return parsed.success ? { ...defaultMetricMap, ...parsed.data } : defaultMetricMap;
}
