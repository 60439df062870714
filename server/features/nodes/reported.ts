/** What a node says of itself beside its readings: resource attributes of its telemetry (`ddc_node.reported`). */
export type ReportedFacts = {
  hostName: string | null;
  /** As the node's operator calls itself; the chain knows an account. */
  providerName: string | null;
  clusterName: string | null;
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
  const text = (name: string) => textOf(attributes?.[name]);
  return {
    hostName: text("host.name"),
    providerName: text("ddc.provider"),
    clusterName: text("ddc.cluster.name"),
    version: text("service.version"),
    region: text("cloud.region"),
    mode: text("ddc.mode"),
    clusterId: text("ddc.cluster"),
    isDraining: text("ddc.state")?.toLowerCase() === "draining",
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
