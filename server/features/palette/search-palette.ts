import { type NetworkName, networkById, networkByName, networks } from "../../kernel/networks.ts";
import { inCount, inThousands } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { clusterName } from "../clusters/rules.ts";
import { isAllowed } from "../identity/rules.ts";
import { nodeName } from "../nodes/build-row.ts";
import { readReported } from "../nodes/reported.ts";
import { type Reading, readIdentifier, searchWords } from "./rules.ts";
import type { PaletteAnswer, PaletteHit, PaletteInput, Recognised } from "./schema.ts";
import {
  countNodesOfProvider,
  type FoundCluster,
  type FoundNode,
  findClusters,
  findNodesByKey,
  searchClusters,
  searchNodes,
} from "./store.ts";

const shownHits = 20;

/** What a text is, and which nodes and clusters carry it in a name, key, host, provider or region. */
export async function searchPalette(ctx: Ctx, { network, text }: PaletteInput): Promise<PaletteAnswer> {
  const reading = readIdentifier(text);
  if (reading !== null) return { recognised: await recognise(ctx, reading), hits: [], more: null };
  const words = searchWords(text).toLowerCase().split(" ").filter(Boolean).slice(0, 8);
  if (words.length === 0) return { recognised: [], hits: [], more: null };
  const visible = visibleNetworks(ctx);
  const query = { network: networkByName(network).id, networks: visible, words, limit: shownHits };
  const [nodes, clusters] = await Promise.all([searchNodes(ctx.db, query), searchClusters(ctx.db, query)]);
  const hits = [...nodes.map(nodeHit), ...clusters.map(clusterHit)].slice(0, shownHits);
  const more = (nodes[0]?.total ?? 0) + (clusters[0]?.total ?? 0) - hits.length;
  return { recognised: [], hits, more: more > 0 ? more : null };
}

/** An answer may name other networks than the one it was asked on, but only those that the person may see. */
function visibleNetworks({ actor }: Ctx): number[] {
  return networks
    .filter(({ name }) => isAllowed(actor, "viewer", { network: name, environment: null }))
    .map(({ id }) => id);
}

async function recognise(ctx: Ctx, reading: Reading): Promise<Recognised[]> {
  const visible = visibleNetworks(ctx);
  switch (reading.kind) {
    case "key":
      return recogniseKey(
        reading,
        await findNodesByKey(ctx.db, visible, reading.hex),
        await countNodesOfProvider(ctx.db, visible, reading.ss58),
      );
    case "cluster":
      return recogniseCluster(reading.id, await findClusters(ctx.db, visible, reading.id));
    case "height":
      return [
        nowhere("block_height", inThousands(reading.height), "Block height", "Blocks are not indexed here."),
      ];
    case "cid":
      return [nowhere("cid", reading.cid, "Content id", "Content is not indexed here.")];
    case "misspelt_account":
      return [
        nowhere(
          "account",
          reading.text,
          "Account?",
          "It looks like an account, but its checksum is wrong: a letter is missing or changed.",
        ),
      ];
    case "page":
      return [
        {
          kind: "console_url",
          id: reading.href,
          label: "Page",
          explanation: `A page of this console on ${reading.network}.`,
          href: reading.href,
        },
      ];
  }
}

type KeyReading = Extract<Reading, { kind: "key" }>;

function recogniseKey(
  { hex, ss58, wasSs58 }: KeyReading,
  nodes: readonly FoundNode[],
  providers: readonly { network: number; nodes: number }[],
): Recognised[] {
  const found = [
    ...nodes.map((node): Recognised => {
      const { title, network, href } = nodeHit(node);
      return { kind: "node_key", id: hex, label: "Node key", explanation: `${title} on ${network}.`, href };
    }),
    ...providers.map(({ network, nodes: count }): Recognised => {
      const name = networkById(network).name;
      const href = `/${name}/nodes?provider=${encodeURIComponent(ss58)}`;
      return {
        kind: "account",
        id: ss58,
        label: "Provider",
        explanation: `Provides ${inCount(count, "node")} on ${name}.`,
        href,
      };
    }),
  ];
  if (found.length > 0) return found;
  return wasSs58
    ? [nowhere("account", ss58, "Account", "It provides no node, and accounts are not indexed here.")]
    : [
        nowhere(
          "hash",
          hex,
          "32 bytes",
          "No node has this key. A block or extrinsic hash or an account looks the same; those are not indexed here.",
        ),
      ];
}

function recogniseCluster(id: string, clusters: readonly FoundCluster[]): Recognised[] {
  if (clusters.length === 0)
    return [
      nowhere(
        "cluster_id",
        id,
        "Cluster id?",
        "20 bytes, as cluster ids are, but no network has this cluster.",
      ),
    ];
  return clusters.map((cluster) => {
    const { detail, network, href } = clusterHit(cluster);
    return { kind: "cluster_id", id, label: "Cluster", explanation: `${detail} on ${network}.`, href };
  });
}

function nowhere(kind: Recognised["kind"], id: string, label: string, explanation: string): Recognised {
  return { kind, id, label, explanation, href: null };
}

function nodeHit(node: FoundNode): PaletteHit {
  const network = networkById(node.network).name;
  const reported = readReported(node.reported);
  const details = [reported.region, node.domain ?? node.host, node.provider && shortened(node.provider)];
  return {
    kind: "node",
    id: node.key,
    title: nodeName(node, reported),
    detail: details.filter(Boolean).join(", ") || shortened(node.key),
    network,
    href: `/${network}/nodes/${node.key}`,
  };
}

function clusterHit({ network: id, clusterId, nodes }: FoundCluster): PaletteHit {
  const network: NetworkName = networkById(id).name;
  return {
    kind: "cluster",
    id: clusterId,
    title: clusterName(clusterId) ?? shortened(clusterId),
    detail: inCount(nodes, "node"),
    network,
    href: `/${network}/clusters/${clusterId}`,
  };
}

function shortened(id: string): string {
  return `${id.slice(0, 6)}…${id.slice(-4)}`;
}
