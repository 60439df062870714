import type { Producer } from "kafkajs";
import { type AgentStatus, statusTypes } from "../../server/features/deployments/desired-state-schema.ts";

type Job = Extract<AgentStatus, { data: { eventId: string } }>;

const minuteMs = 60_000;
const spec = "https://openlineage.io/spec";

/**
 * OpenLineage events of jobs that read something in DDC: of each version and instance the first in a minute, which the
 * console keeps as a run too. The run's id is the job's.
 */
export class LineageTeller {
  private waiting: Job[] = [];
  private told = new Map<string, number>();
  private readonly producer: Producer;
  private readonly topic: string | null;

  constructor(producer: Producer, topic: string | null) {
    this.producer = producer;
    this.topic = topic;
  }

  add(status: AgentStatus): void {
    if (this.topic === null) return;
    if (status.type !== statusTypes.finished && status.type !== statusTypes.failed) return;
    const { agentId, instance, version, startedAt, tookMs, inputs } = status.data;
    if (!inputs.some(({ network }) => network !== null)) return;
    const minute = Math.floor((Date.parse(startedAt) + tookMs) / minuteMs);
    const key = `${agentId} ${instance} ${version}`;
    if (this.told.get(key) === minute) return;
    this.told.set(key, minute);
    this.waiting.push(status);
  }

  async send(): Promise<void> {
    const { topic, waiting } = this;
    if (topic === null || waiting.length === 0) return;
    this.waiting = [];
    const messages = waiting.map(lineageEventOf).map((event) => ({
      key: `run:${event.job.namespace}/${event.job.name}`,
      value: JSON.stringify(event),
    }));
    await this.producer.send({ topic, acks: 1, messages });
  }
}

function lineageEventOf({ id, type, data }: Job) {
  const { agentId, version, startedAt, tookMs, inputs } = data;
  const [service = "", alias = ""] = agentId.split(":");
  const producer = "https://localnet.cere.example/runtime";
  return {
    eventType: type === statusTypes.failed ? "FAIL" : "COMPLETE",
    eventTime: new Date(Date.parse(startedAt) + tookMs).toISOString(),
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: id },
    job: {
      namespace: `agents/${service.slice(0, 8)}`,
      name: alias,
      facets: {
        sourceCodeLocation: {
          _producer: producer,
          _schemaURL: `${spec}/facets/1-0-1/SourceCodeLocationJobFacet.json`,
          type: "ddc",
          url: `ddc://registry/${version}`,
        },
      },
    },
    inputs: [
      { namespace: "kafka://localnet:9092", name: "cef.events" },
      ...inputs.flatMap(({ cid, network, bucket }) =>
        network === null ? [] : [{ namespace: `ddc://${network}/${bucket}`, name: cid }],
      ),
    ],
    outputs: [],
  };
}
