import { expect, it } from "vitest";
import { localNetwork } from "../network/local-network.ts";
import { undisturbed } from "./disturbance.ts";
import { MachineModel } from "./machine-model.ts";
import { nodeTelemetry } from "./node-telemetry.ts";
import { asOtlpJson, asOtlpProtobuf } from "./otlp-encoding.ts";

const network = localNetwork("mainnet");
const bornAt = Date.UTC(2026, 10, 23, 12);
const node = network.nodes[6];
if (!node) throw new Error("Mainnet has no seventh node.");

const usual = { disturbance: undisturbed, recordsPerSecond: 200 };

it("reads counters that only grow and disks that fill", () => {
  const machine = new MachineModel(node, bornAt);
  const first = machine.read({ at: bornAt - 86_400_000, ...usual });
  const second = machine.read({ at: bornAt, ...usual });
  for (const name of Object.keys(second.counters) as (keyof typeof second.counters)[])
    expect(second.counters[name]).toBeGreaterThanOrEqual(first.counters[name]);
  expect(second.diskUsedBytes - first.diskUsedBytes).toBeCloseTo(node.character.growthPerDay, -10);
  expect(second.cpu).toBeGreaterThan(0);
  expect(second.cpu).toBeLessThan(1);
});

it("fills a disk when it is told to, and never beyond its end", () => {
  const filling = { since: bornAt, minutes: 10 };
  const read = (at: number) =>
    new MachineModel(node, bornAt).read({ ...usual, at, disturbance: { ...undisturbed, filling } });
  const used = [bornAt, bornAt + 60_000, bornAt + 3_600_000].map(
    (at) => read(at).diskUsedBytes / node.diskBytes,
  );
  expect(used[0]).toBeGreaterThan(node.character.filled + 0.03);
  expect(used[1]).toBeGreaterThan(used[0] ?? 1);
  expect(used[2]).toBeLessThan(1);
});

it("shifts a node's readings with its clock", () => {
  const machine = new MachineModel(node, bornAt);
  const reading = machine.read({ at: bornAt, ...usual, disturbance: { ...undisturbed, skewMs: -40_000 } });
  expect(reading.at).toBe(bornAt - 40_000);
});

it("sends host metrics and its own, each with the whole resource", () => {
  const reading = new MachineModel(node, bornAt).read({ at: bornAt, ...usual });
  const request = JSON.parse(Buffer.from(asOtlpJson(nodeTelemetry(node, reading))).toString("utf8"));
  const names = request.resourceMetrics.flatMap(
    (resource: { scopeMetrics: { metrics: { name: string }[] }[] }) =>
      resource.scopeMetrics.flatMap((scope) => scope.metrics.map((metric) => metric.name)),
  );
  expect(names).toEqual([
    "system.cpu.utilization",
    "system.cpu.logical.count",
    "system.cpu.load_average.1m",
    "system.memory.utilization",
    "system.memory.usage",
    "system.filesystem.usage",
    "system.disk.operations",
    "system.disk.operation_time",
    "system.disk.io",
    "system.network.io",
    "ddc.storage.stored",
    "ddc.storage.pieces",
  ]);
  for (const { resource } of request.resourceMetrics)
    expect(resource.attributes).toContainEqual({ key: "ddc.node", value: { stringValue: node.account.hex } });
});

it("begins as a reader tells the two encodings apart", () => {
  const reading = new MachineModel(node, bornAt).read({ at: bornAt, ...usual });
  const readings = nodeTelemetry(node, reading);
  expect(asOtlpJson(readings)[0]).toBe("{".charCodeAt(0));
  expect(asOtlpProtobuf(readings)[0]).toBe(0x0a);
});
