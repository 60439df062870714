import { BucketObjects } from "../content/bucket-objects.ts";
import { ContentIndex } from "../content/content-index.ts";
import { batchProducer } from "../kafka/batch-producer.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import { ActivitySource } from "./activity-source.ts";
import type { Disturbances } from "./disturbance.ts";
import type { LiveActivity } from "./live-activity.ts";
import { NodeContent } from "./node-content.ts";
import { grpcPortName, preferredGrpcPort } from "./node-ports.ts";
import { NodeServer } from "./node-server.ts";
import { PatientSender } from "./patient-sender.ts";
import { TelemetrySource } from "./telemetry-source.ts";

export type NetworkSimulationOptions = {
  network: LocalNetwork;
  brokers: readonly string[];
  bornAt: number;
  ports: Readonly<Record<string, number>>;
  disturbances: Disturbances;
  recordsPerSecond(): number;
  onActivity(records: number): void;
  signal: AbortSignal;
};

/** What one simulated network has: the ports of its nodes, and their ways to Kafka. */
export type NetworkSimulation = {
  network: LocalNetwork;
  live: LiveActivity;
  /** Writes beside `live`, what was before. */
  past: LiveActivity;
  telemetry: TelemetrySource;
  telemetrySender: PatientSender;
  /** For what is told minute by minute, beside the mass of activity. */
  storySender: PatientSender;
  openPorts(): Promise<void>;
  /** Brings the ports in line with the disturbances. */
  disturbPorts(): Promise<void>;
  close(): Promise<void>;
};

export function networkSimulation(options: NetworkSimulationOptions): NetworkSimulation {
  const { network, brokers, bornAt, ports, disturbances, signal } = options;
  const { topics, partitions } = network.plan;
  const producers = Array.from({ length: 4 }, () => batchProducer(brokers));
  const [liveSender, pastSender, telemetrySender, storySender] = producers.map(
    (producer) => new PatientSender(producer, signal),
  );
  if (!liveSender || !pastSender || !telemetrySender || !storySender)
    throw new Error("A network needs four senders.");
  const objects = new BucketObjects(network.plan.name);
  const index = new ContentIndex(network.plan, objects);
  const common = { network, topic: topics.activity, partitions: partitions.activity, objects };
  const liveSource = new ActivitySource({ ...common, seed: `live ${Date.now()}`, disturbances });
  const pastSource = new ActivitySource({ ...common, seed: `past ${bornAt}` });
  const aLive = (source: ActivitySource, sender: PatientSender): LiveActivity => ({
    network,
    source,
    sender,
    recordsPerSecond: options.recordsPerSecond,
    onWritten: source === liveSource ? options.onActivity : () => {},
  });
  const servers = network.nodes.map((node) => ({
    name: node.name,
    server: new NodeServer({
      node,
      ports: {
        http: ports[node.name] ?? node.preferredPort,
        grpc: ports[grpcPortName(node.name)] ?? preferredGrpcPort(node),
      },
      content: new NodeContent(node, network, index),
      disturbance: disturbances(node.name),
    }),
  }));
  return {
    network,
    live: aLive(liveSource, liveSender),
    past: aLive(pastSource, pastSender),
    telemetry: new TelemetrySource({
      network,
      topic: topics.telemetry,
      partitions: partitions.telemetry,
      bornAt,
      disturbances,
    }),
    telemetrySender,
    storySender,
    openPorts: async () => {
      await Promise.all(servers.map(({ server }) => server.open()));
    },
    disturbPorts: async () => {
      await Promise.all(servers.map(({ name, server }) => server.change(disturbances(name))));
    },
    close: async () => {
      for (const producer of producers) producer.close();
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}
