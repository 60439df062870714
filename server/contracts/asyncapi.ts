import { z } from "zod";
import { activityRecordSchema } from "../features/activity/schema.ts";
import { agentStatusSchema, desiredStateSchema } from "../features/deployments/desired-state-schema.ts";
import {
  datasetEventSchema,
  jobEventSchema,
  runEventSchema,
} from "../features/lineage/open-lineage-schema.ts";
import { replayRequestSchema, replayResultSchema } from "../features/replays/replay-contract-schema.ts";
import { type Binding, type BindingName, bindings, byBinding, topicsVariable } from "../kernel/bindings.ts";
import { networkNames } from "../kernel/networks.ts";

type Document = Readonly<Record<string, unknown>>;

const deadLetterHeaders = z.object({
  reason: z.string().describe("Why the record could not be taken in, in words."),
  topic: z.string(),
  partition: z.string().regex(/^\d+$/),
  offset: z.string().regex(/^\d+$/).describe("Of a batch that cannot be opened: its first offset."),
  "last-offset": z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe("Of a batch that cannot be opened: its last offset."),
  "size-bytes": z.string().regex(/^\d+$/).optional().describe("Set when the value was too large to be kept."),
});

/** What the console reads from Kafka and writes to it, from the schemas that validate (AsyncAPI 3). */
export function asyncApiDocument(version: string): Document {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Cere console: Kafka",
      version,
      description:
        "Topic names are configuration; a binding maps topics to networks. Compression none, gzip, snappy (raw and xerial), lz4 and zstd is read. A record that cannot be read goes to dead letters with its reason, and the rest goes on.",
      license: { name: "Apache-2.0" },
    },
    defaultContentType: "application/json",
    channels: {
      ...Object.assign({}, ...bindings.map(channelsOf)),
      desiredState: {
        address: "cef.agents.desired",
        description: "KAFKA_AGENTS_DESIRED_TOPIC; compacted, the key is <environment>/<agent id>.",
        messages: { desiredState: { $ref: "#/components/messages/desiredState" } },
      },
      replayRequests: {
        address: "cef.agents.replay-requests",
        description: "KAFKA_REPLAY_REQUESTS_TOPIC; the key is the replay's id.",
        messages: { replayRequest: { $ref: "#/components/messages/replayRequest" } },
      },
      deadLetters: {
        address: "console.dead-letters",
        description: "KAFKA_DEAD_LETTERS_TOPIC",
        messages: { deadLetter: { $ref: "#/components/messages/deadLetter" } },
      },
    },
    operations: {
      ...Object.assign({}, ...bindings.map(operationsOf)),
      publishDesiredState: { action: "send", channel: { $ref: "#/channels/desiredState" } },
      publishReplayRequests: { action: "send", channel: { $ref: "#/channels/replayRequests" } },
      publishDeadLetters: { action: "send", channel: { $ref: "#/channels/deadLetters" } },
    },
    components: {
      messages: {
        ...byBinding((name) => messageOf[name]()),
        desiredState: {
          title: "Desired state of an agent",
          summary:
            "The whole deployment SET of an agent in an environment, with the versions that it names, and its hot configuration, as CloudEvents 1.0 JSON. A generation or revision that is not newer is to be ignored.",
          payload: jsonSchemaOf(desiredStateSchema),
        },
        replayRequest: {
          title: "Replay of recorded events",
          summary:
            "Asks one instance of a runtime to read a window of its event topic again, without committing offsets, and to run each event through two versions, as CloudEvents 1.0 JSON; or to stop. Nothing that a version does there may have an effect: no event, no status, no lineage, no request. A request that is heard after its acceptBy is left, one that passes its deadline is ended.",
          payload: jsonSchemaOf(replayRequestSchema),
        },
        deadLetter: deadLetterMessage(),
      },
    },
  };
}

const messageOf: Readonly<Record<BindingName, () => Document>> = {
  activity: activityMessage,
  "agent-replays": () => ({
    title: "Agent replay",
    summary:
      "What a runtime says of a replay that it was asked for: that it took it, how far it is with the events that it ran since, how it ended; at least every few seconds, as CloudEvents 1.0 JSON. The key is the replay's id, so that the words of one follow each other. Secrets are hidden before outputs and errors leave the runtime.",
    payload: jsonSchemaOf(replayResultSchema),
  }),
  "agent-status": () => ({
    title: "Agent status",
    summary:
      "What a runtime says of an instance (heartbeat, SET or configuration acknowledged) or of a job that ended (its tasks, its log, what it read and made by CID), as CloudEvents 1.0 JSON; the key is the agent's id.",
    payload: jsonSchemaOf(agentStatusSchema),
  }),
  lineage: lineageMessage,
  telemetry: telemetryMessage,
};

type Channel = { name: string; address: string; of: string };

function channelsOf(binding: Binding): Document {
  const { name } = binding;
  const channels = placesOf(binding).map((channel) => [
    channel.name,
    {
      address: channel.address,
      description: `${name} ${channel.of}; ${topicsVariable(name)} names others.`,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
    },
  ]);
  return Object.fromEntries(channels);
}

function operationsOf(binding: Binding): Document {
  const operations = placesOf(binding).map(({ name }) => [
    `read-${name}`,
    { action: "receive", channel: { $ref: `#/channels/${name}` } },
  ]);
  return Object.fromEntries(operations);
}

function placesOf({ name, topic, isPerNetwork }: Binding): Channel[] {
  if (!isPerNetwork) return [{ name, address: topic, of: "of all networks" }];
  return networkNames.map((network) => ({
    name: `${name}-${network}`,
    address: network === "mainnet" ? topic : `${topic}.${network}`,
    of: `of ${network}`,
  }));
}

function activityMessage(): Document {
  return {
    title: "DDC activity record",
    summary:
      "One request that a storage node served: protobuf JSON mapping, or protobuf when the header content-type says so. The key is the node's key, as text or 32 bytes.",
    headers: jsonSchemaOf(
      z.object({
        "content-type": z
          .string()
          .optional()
          .describe("application/json (default) or application/x-protobuf"),
        "ddc-node": z
          .string()
          .regex(/^0x[0-9a-f]{64}$/)
          .optional()
          .describe("The node, when the key is not."),
      }),
    ),
    payload: jsonSchemaOf(activityRecordSchema),
  };
}

function lineageMessage(): Document {
  return {
    title: "OpenLineage event",
    summary:
      "RunEvent, DatasetEvent or JobEvent of spec 2-0-x, told apart by which of run, dataset and job it has. A dataset in namespace ddc://<network>/<bucket> whose name is a CID is that content. Unknown facets are kept as they came.",
    payload: jsonSchemaOf(z.union([runEventSchema, datasetEventSchema, jobEventSchema])),
  };
}

function telemetryMessage(): Document {
  return {
    title: "OTLP metrics",
    summary:
      "ExportMetricsServiceRequest as the OpenTelemetry Collector's Kafka exporter writes it, JSON or protobuf, told apart by the first byte. Resource attributes ddc.node, ddc.cluster and ddc.network say whose it is; ddc.network wins over the topic.",
    payload: {
      schemaFormat: "application/vnd.google.protobuf;version=3",
      schema: {
        $ref: "https://github.com/open-telemetry/opentelemetry-proto/blob/v1.9.0/opentelemetry/proto/collector/metrics/v1/metrics_service.proto",
      },
    },
  };
}

function deadLetterMessage(): Document {
  return {
    title: "Dead letter",
    summary:
      "A record that could not be taken in; the key is its binding, the value its bytes as they came. Letters may repeat after a crash: topic, partition and offset name one.",
    contentType: "application/octet-stream",
    headers: jsonSchemaOf(deadLetterHeaders),
    payload: { type: "string", format: "binary" },
  };
}

function jsonSchemaOf(schema: z.ZodType): Document {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    target: "draft-7",
  });
  return rest;
}
