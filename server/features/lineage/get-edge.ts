import { notFound } from "../../kernel/errors.ts";
import { parseExactJson } from "../../kernel/exact-json.ts";
import { networkByName } from "../../kernel/networks.ts";
import { edgeKindCode } from "./graph-rules.ts";
import { type GraphCtx, toEdge } from "./graph-store.ts";
import type { EdgeDetail, EdgeInput } from "./schema.ts";

type Row = {
  from_node: string;
  to_node: string;
  kind: number;
  grade: number;
  valid_from: Date;
  valid_to: Date | null;
  evidence: EdgeDetail["evidence"];
  event_kind: "run" | "dataset" | "job" | null;
  event_time: Date | null;
  received_at: Date | null;
  topic: string | null;
  partition: number | null;
  kafka_offset: string | null;
  body: string | null;
};

/** An edge with what says so: the whole event, or the figures and hashes behind it. */
export async function getEdge({ db }: GraphCtx, input: EdgeInput): Promise<EdgeDetail> {
  const [row] = await db.sql<Row>(
    `SELECT from_node, to_node, edge.kind, grade, valid_from, nullif(valid_to, 'infinity') AS valid_to, evidence,
       event.kind AS event_kind, event_time, received_at, topic, partition, kafka_offset, body::text AS body
     FROM lineage_edge AS edge LEFT JOIN lineage_event AS event ON event.id = edge.event
     WHERE from_node = $1 AND to_node = $2 AND edge.kind = $3 AND edge.network = $4`,
    [input.from, input.to, edgeKindCode(input.kind), networkByName(input.network).id],
  );
  const [edge] = row ? toEdge(row) : [];
  if (!row || !edge) throw notFound("edge", `${input.from} → ${input.to}`);
  return { ...edge, event: eventOf(row), evidence: row.evidence };
}

function eventOf(row: Row): EdgeDetail["event"] {
  const { event_kind, event_time, received_at, topic, partition, kafka_offset, body } = row;
  if (!event_kind || !event_time || !received_at || body === null) return null;
  const document = parseExactJson(body);
  const position =
    topic !== null && partition !== null && kafka_offset !== null
      ? { topic, partition, offset: kafka_offset }
      : null;
  return {
    kind: event_kind,
    eventTime: event_time.toISOString(),
    receivedAt: received_at.toISOString(),
    position,
    producer: producerOf(document),
    body: JSON.stringify(document, null, 2),
  };
}

function producerOf(document: unknown): string {
  const isNamed = typeof document === "object" && document !== null && "producer" in document;
  return isNamed && typeof document.producer === "string" ? document.producer : "";
}
