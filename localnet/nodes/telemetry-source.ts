import type { PartitionBatch } from "../kafka/batch-producer.ts";
import { recordBatch, recordTail } from "../kafka/record-batch.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import type { Disturbances } from "./disturbance.ts";
import { MachineModel } from "./machine-model.ts";
import { nodeTelemetry } from "./node-telemetry.ts";
import { asOtlpJson, asOtlpProtobuf } from "./otlp-encoding.ts";

export type TelemetrySourceOptions = {
  network: LocalNetwork;
  topic: string;
  partitions: number;
  bornAt: number;
  disturbances: Disturbances;
};

/** The Collector of one site: it gathers from the machines there and writes one record for all of them. */
type Gateway = { machines: MachineModel[]; partition: number; encode: typeof asOtlpJson };

/** Telemetry of all nodes of a network, as finished record batches. Read it in the order of time. */
export class TelemetrySource {
  readonly #topic: string;
  readonly #gateways: Gateway[];
  readonly #disturbances: Disturbances;

  constructor({ network, topic, partitions, bornAt, disturbances }: TelemetrySourceOptions) {
    this.#topic = topic;
    this.#disturbances = disturbances;
    const sites = Map.groupBy(network.nodes, (node) => node.site.code);
    this.#gateways = [...sites.values()].map((nodes, index) => ({
      machines: nodes.map((node: LocalNode) => new MachineModel(node, bornAt)),
      partition: index % partitions,
      encode: index % 2 === 0 ? asOtlpProtobuf : asOtlpJson,
    }));
  }

  /** What all machines that are up report at these times. At most one batch a partition. */
  readAll(times: readonly number[], recordsPerSecond: number): PartitionBatch[] {
    const byPartition = Map.groupBy(this.#gateways, (gateway) => gateway.partition);
    return [...byPartition].flatMap(([partition, gateways]) => {
      const batch = recordBatch();
      for (const at of times)
        for (const gateway of gateways) {
          const value = this.#record(gateway, at, recordsPerSecond);
          if (value) batch.append(recordTail({ key: null, value, headers: {} }).tail, Date.now());
        }
      return batch.count() > 0 ? [{ topic: this.#topic, partition, ...batch.take() }] : [];
    });
  }

  #record({ machines, encode }: Gateway, at: number, recordsPerSecond: number): Uint8Array | null {
    const readings = machines.flatMap((machine) => {
      const disturbance = this.#disturbances(machine.node.name);
      if (disturbance.isDown) return [];
      return nodeTelemetry(machine.node, machine.read({ at, disturbance, recordsPerSecond }));
    });
    return readings.length > 0 ? encode(readings) : null;
  }
}
