import { Hash64 } from "../../kernel/hash64.ts";
import { isNetworkName, networkByName, requireNetwork } from "../../kernel/networks.ts";
import { longestKept, type Retention } from "../../kernel/retention.ts";
import type { Directory } from "../../ports/directory.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import type { Added, Cut, IngestBinding, Lane, Reading } from "../../ports/ingest-binding.ts";
import { decodeOtlp } from "./decode-otlp.ts";
import { type MessageNode, nodesOf } from "./nodes-of.ts";
import { PendingReadings } from "./pending-readings.ts";
import { newestOf, readNode, refuseTimes } from "./rules.ts";
import type { MetricMap } from "./schema.ts";

export type TelemetryBindingParts = {
  directory: Directory;
  retention: () => Retention;
  metricMap: () => MetricMap;
};

/** Topics of OTLP metrics: what nodes report of themselves. Resources that name no node are other software's. */
export function telemetryBinding(parts: TelemetryBindingParts): IngestBinding {
  let pending = new PendingReadings();
  const cut = (at: Date): Cut => {
    const full = pending;
    pending = new PendingReadings();
    const settings = { retention: parts.retention(), map: parts.metricMap(), at };
    return { times: full.times(settings), nodes: full.nodes(), write: (tx) => full.write(tx, settings) };
  };
  return {
    name: "telemetry",
    read: (lane, at) => new TelemetryReading({ ...parts, lane, at, pending: () => pending }),
    pendingBytes: () => pending.bytes,
    cut,
    drop: () => {
      pending = new PendingReadings();
    },
  };
}

type ReadingParts = TelemetryBindingParts & { lane: Lane; at: Date; pending: () => PendingReadings };

type Message = { offset: number; recordMs: number; high: number; low: number; nodes: MessageNode[] };

const hash = new Hash64();

class TelemetryReading implements Reading {
  private readonly parts: ReadingParts;
  private readonly messages: Message[] = [];

  constructor(parts: ReadingParts) {
    this.parts = parts;
  }

  /** One node's wrong clock does not keep the other nodes of the message out. */
  take(record: LogRecord): string | null {
    const { lane, at, retention } = this.parts;
    const resources = decodeOtlp(record.bytes, record.valueStart, record.valueEnd);
    if (typeof resources === "string") return resources;
    const found = nodesOf(resources, (network) =>
      isNetworkName(network) ? networkByName(network).id : requireNetwork(lane),
    );
    const judged = found.nodes.map((node) => ({
      node,
      refusal: refuseTimes(node.resources, { now: at, keptMs: longestKept(retention()) }),
    }));
    const nodes = judged.filter(({ refusal }) => refusal === null).map(({ node }) => node);
    hash.of(record.bytes, record.valueStart, record.valueEnd);
    const { high, low } = hash;
    this.messages.push({ offset: record.offset, recordMs: record.timestampMs, high, low, nodes });
    const refused = judged.find(({ refusal }) => refusal !== null);
    if (refused) return `node ${refused.node.nodeKey}: ${refused.refusal}`;
    return found.refusal;
  }

  async settle(): Promise<void> {
    const { directory } = this.parts;
    const nodes = this.messages.flatMap((message) => message.nodes);
    for (const [network, ofNetwork] of Map.groupBy(nodes, (node) => node.network)) {
      const unknown = ofNetwork.filter(({ nodeKey }) => !directory.findNode(network, nodeKey));
      if (unknown.length > 0)
        await directory.addNodes(network, new Set(unknown.map(({ nodeKey }) => nodeKey)));
      const unplaced = ofNetwork.flatMap(({ nodeKey, clusterId }) =>
        clusterId !== null && directory.findNode(network, nodeKey)?.cluster === null
          ? [[nodeKey, clusterId] as const]
          : [],
      );
      if (unplaced.length > 0) await directory.placeNodes(network, new Map(unplaced));
    }
  }

  add(): Added {
    const { lane } = this.parts;
    const offsets: number[] = [];
    const names: number[] = [];
    let duplicates = 0;
    let newestAt: number | null = null;
    for (const message of this.messages) {
      if (!lane.recent.add(message.offset, message.high, message.low)) {
        duplicates++;
        continue;
      }
      offsets.push(message.offset);
      names.push(message.high, message.low);
      for (const node of message.nodes) {
        const at = this.addNode(node, message.recordMs);
        if (at !== null) newestAt = Math.max(newestAt ?? 0, at);
      }
    }
    return { records: offsets.length, duplicates, offsets, names, newestAt };
  }

  /** Time of the node's newest point; null when it sent no numbers. */
  private addNode({ network, nodeKey, resources, attributes }: MessageNode, recordMs: number): number | null {
    const { directory, metricMap, pending } = this.parts;
    const known = directory.findNode(network, nodeKey);
    const atMs = newestOf(resources);
    if (!known) throw new Error(`Node ${nodeKey} was added to the directory and is not in it.`);
    if (atMs === null) return null;
    const { readings, counters } = readNode(resources, metricMap());
    const skew = { gauge: "clock_skew_ms", atMs, value: Math.round(atMs - recordMs) } as const;
    pending().add({
      node: known.id,
      network,
      atMs,
      reported: attributes,
      readings: [...readings, skew],
      counters,
    });
    return Math.floor(atMs);
  }
}
