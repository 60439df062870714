import type { LocalNode } from "../network/local-node.ts";
import type { MachineReading } from "./machine-model.ts";
import type { Metric, MetricKind, Point, ResourceReading } from "./otlp-encoding.ts";

/**
 * What a node's Collector and its storage process send: host metrics by semantic conventions, and the node's own. As in
 * life the resource comes once for each of the two.
 */
export function nodeTelemetry(node: LocalNode, reading: MachineReading): ResourceReading[] {
  const attributes = resourceAttributes(node);
  const { at, startAt } = reading;
  return [
    { attributes, scope: hostScope, at, startAt, metrics: hostMetrics(node, reading) },
    { attributes, scope: "ddc-storage-node", at, startAt, metrics: ddcMetrics(reading) },
  ];
}

const hostScope = "github.com/open-telemetry/opentelemetry-collector-contrib/receiver/hostmetricsreceiver";

function resourceAttributes(node: LocalNode): Record<string, string | number> {
  return {
    "ddc.node": node.account.hex,
    "ddc.cluster": node.clusterId,
    "ddc.cluster.name": node.clusterName,
    "ddc.network": node.network,
    "ddc.provider": node.site.provider,
    "host.name": node.name,
    "cloud.region": node.site.region,
    "service.name": "ddc-storage-node",
    "service.version": node.version,
    "ddc.link.bps": node.linkBps,
    "ddc.capacity.bytes": node.diskBytes,
  };
}

const ratio = builder("gauge", false);
const gauge = builder("gauge", true);
const level = builder("level", true);
const counter = builder("counter", true);
const seconds = builder("counter", false);

function hostMetrics(node: LocalNode, reading: MachineReading): Metric[] {
  const { cpu, memory, counters } = reading;
  const volume = { device: "/dev/nvme0n1p1", mode: "rw", mountpoint: "/data", type: "ext4" };
  const disk = (direction: string) => ({ device: "nvme0n1", direction });
  const net = (direction: string) => ({ device: "eth0", direction });
  return [
    ratio("system.cpu.utilization", "1", [
      point(cpu * 0.78, { state: "user" }),
      point(cpu * 0.22, { state: "system" }),
      point(1 - cpu, { state: "idle" }),
    ]),
    level("system.cpu.logical.count", "{cpu}", [point(node.cores)]),
    ratio("system.cpu.load_average.1m", "{thread}", [point(reading.load1m)]),
    ratio("system.memory.utilization", "1", [
      point(memory, { state: "used" }),
      point(1 - memory, { state: "free" }),
    ]),
    level("system.memory.usage", "By", [
      point(node.memoryBytes * memory, { state: "used" }),
      point(node.memoryBytes * (1 - memory), { state: "free" }),
    ]),
    level("system.filesystem.usage", "By", [
      point(reading.diskUsedBytes, { ...volume, state: "used" }),
      point(node.diskBytes - reading.diskUsedBytes, { ...volume, state: "free" }),
    ]),
    counter("system.disk.operations", "{operation}", [
      point(counters.diskReads, disk("read")),
      point(counters.diskWrites, disk("write")),
    ]),
    seconds("system.disk.operation_time", "s", [
      point(counters.diskReadSeconds, disk("read")),
      point(counters.diskWriteSeconds, disk("write")),
    ]),
    counter("system.disk.io", "By", [
      point(counters.diskReadBytes, disk("read")),
      point(counters.diskWriteBytes, disk("write")),
    ]),
    counter("system.network.io", "By", [
      point(counters.netInBytes, net("receive")),
      point(counters.netOutBytes, net("transmit")),
    ]),
  ];
}

function ddcMetrics({ storedBytes, pieces }: MachineReading): Metric[] {
  return [
    gauge("ddc.storage.stored", "By", [point(storedBytes)]),
    gauge("ddc.storage.pieces", "{piece}", [point(pieces)]),
  ];
}

type MetricBuilder = (name: string, unit: string, points: readonly Point[]) => Metric;

function builder(kind: MetricKind, isInteger: boolean): MetricBuilder {
  return (name, unit, points) => ({ name, unit, kind, isInteger, points });
}

function point(value: number, attributes: Record<string, string> = {}): Point {
  return { value, attributes };
}
