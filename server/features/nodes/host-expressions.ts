import type { NetworkName } from "../../kernel/networks.ts";
import type { Gauge } from "./reading-series.ts";

/** Label under which an answer says which gauge a series is. */
export const readingLabel = "reading";

/** The least that a mean looks back: two scrapes are in it even where only one a minute is made. */
const leastWindowMs = 120_000;

type Node = { network: NetworkName; key: string };
type Scope = { node: string; window: string };

/**
 * PromQL for gauges of a node's machine out of node-exporter's own series; null for what it does not know. Each is one
 * number a step, a mean over the step (at least two minutes) that ends at the moment of evaluation. Rates are divided by
 * rates of the same scrapes, so that a window which is only half covered does not halve the figure. Machines are told by the
 * labels of deploy/prometheus/targets; of several targets with the same labels the highest figure counts.
 */
const expressions: Partial<Record<Gauge, (scope: Scope) => string>> = {
  cpu: ({ node, window }) =>
    `1 - sum without (cpu, mode) (rate(node_cpu_seconds_total{${node},mode="idle"}[${window}]))
       / sum without (cpu, mode) (rate(node_cpu_seconds_total{${node}}[${window}]))`,
  memory: ({ node, window }) =>
    `1 - avg_over_time(node_memory_MemAvailable_bytes{${node}}[${window}])
       / avg_over_time(node_memory_MemTotal_bytes{${node}}[${window}])`,
  disk: ({ node, window }) =>
    `1 - ${filesystems("avail", node, window)} / ${filesystems("size", node, window)}`,
  disk_read_ms: ({ node, window }) =>
    `1000 * sum without (device) (rate(node_disk_read_time_seconds_total{${node},${disks}}[${window}]))
       / sum without (device) (rate(node_disk_reads_completed_total{${node},${disks}}[${window}]))`,
  net_in_bps: (scope) => traffic("receive", scope),
  net_out_bps: (scope) => traffic("transmit", scope),
};

/** One question for all of these gauges; null when node-exporter knows none of them. */
export function hostExpression(gauges: readonly Gauge[], node: Node, stepMs: number): string | null {
  const scope = { node: selectorOf(node), window: `${Math.max(stepMs, leastWindowMs)}ms` };
  const parts = gauges.flatMap((gauge) => {
    const expression = expressions[gauge]?.(scope);
    return expression === undefined
      ? []
      : [`label_replace(max(${expression}), "${readingLabel}", "${gauge}", "", "")`];
  });
  return parts.length === 0 ? null : parts.join("\nor ");
}

/** Whether the machine is scraped, and when it was last: two numbers. */
export function scrapeExpression(node: Node): string {
  const up = `up{${selectorOf(node)}}`;
  return `label_replace(max(${up}), "${readingLabel}", "up", "", "")
or label_replace(max(timestamp(${up})), "${readingLabel}", "scraped", "", "")`;
}

function selectorOf({ network, key }: Node): string {
  return `ddc_network=${quoted(network)},ddc_node=${quoted(key)}`;
}

/** A string of PromQL: escapes are those of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** What is mounted twice is counted once; what is not a disk, not at all. */
function filesystems(what: "avail" | "size", node: string, window: string): string {
  const series = `node_filesystem_${what}_bytes{${node},fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660"}`;
  return `sum without (device) (max without (mountpoint, fstype) (avg_over_time(${series}[${window}])))`;
}

/** Of interfaces that lead out of the machine; those of containers and of bonds would count the same bytes again. */
function traffic(direction: "receive" | "transmit", { node, window }: Scope): string {
  const bytes = `node_network_${direction}_bytes_total{${node},${interfaces}}`;
  return `8 * sum without (device) (rate(${bytes}[${window}])) / rate(node_time_seconds{${node}}[${window}])`;
}

const interfaces = `device!~"lo|(veth|docker|br-|virbr|cni|flannel|cali|bond|dummy|tap|tun|wg).*|.*[.].*"`;
const disks = `device!~"(loop|ram|zram|dm-|md|sr|fd|nbd).*"`;
