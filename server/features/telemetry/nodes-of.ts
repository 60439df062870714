import type { OtlpAttributes, OtlpResource } from "./otlp-metrics.ts";

export type MessageNode = {
  network: number;
  nodeKey: string;
  clusterId: string | null;
  /** All of the node's resources together, bounded. */
  attributes: OtlpAttributes;
  resources: OtlpResource[];
};

const nodeKeyForm = /^0x[0-9a-f]{64}$/;
const clusterIdForm = /^0x[0-9a-f]{40}$/;
const mostAttributes = 64;
const longestText = 512;

/** The nodes that a message speaks of, each with all of its resources: a Collector repeats the resource once a scraper. */
export function nodesOf(
  resources: readonly OtlpResource[],
  networkOf: (name: string) => number,
): { nodes: MessageNode[]; refusal: string | null } {
  const nodes = new Map<string, MessageNode>();
  let refusal: string | null = null;
  for (const resource of resources) {
    const said = resource.attributes["ddc.node"];
    if (said == null) continue;
    const nodeKey = String(said).toLowerCase();
    if (!nodeKeyForm.test(nodeKey)) {
      refusal = `ddc.node ${String(said).slice(0, 80)} is no node key`;
      continue;
    }
    const network = networkOf(String(resource.attributes["ddc.network"] ?? ""));
    const key = `${network} ${nodeKey}`;
    const node = nodes.get(key) ?? { network, nodeKey, clusterId: null, attributes: {}, resources: [] };
    nodes.set(key, node);
    node.resources.push(resource);
    node.attributes = { ...node.attributes, ...bounded(resource.attributes) };
    node.clusterId = clusterIdOf(resource.attributes) ?? node.clusterId;
  }
  return { nodes: [...nodes.values()], refusal };
}

function clusterIdOf(attributes: OtlpAttributes): string | null {
  const clusterId = String(attributes["ddc.cluster"] ?? "").toLowerCase();
  return clusterIdForm.test(clusterId) ? clusterId : null;
}

function bounded(attributes: OtlpAttributes): OtlpAttributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries
      .slice(0, mostAttributes)
      .map(([key, value]) => [
        key.slice(0, longestText),
        typeof value === "string" ? value.slice(0, longestText) : value,
      ]),
  );
}
