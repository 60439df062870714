/** What a node says of itself beside its readings: resource attributes of its telemetry (`ddc_node.reported`). */
export type ReportedFacts = {
  hostName: string | null;
  version: string | null;
  region: string | null;
  mode: string | null;
  clusterId: string | null;
  isDraining: boolean;
};

/**
 * By OpenTelemetry's semantic conventions for resources (host, service, cloud) and, where those have no word, by `ddc.*`.
 * Attributes that are missing or no text are null.
 */
export function readReported(attributes: Readonly<Record<string, unknown>> | null): ReportedFacts {
  const text = (...names: string[]) => firstText(attributes ?? {}, names);
  return {
    hostName: text("host.name", "hostName"),
    version: text("service.version", "version"),
    region: text("cloud.region", "region"),
    mode: text("ddc.mode", "mode"),
    clusterId: text("ddc.cluster", "clusterId"),
    isDraining: text("ddc.state", "state")?.toLowerCase() === "draining",
  };
}

function firstText(attributes: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
}
