import { networkById } from "../../kernel/networks.ts";
import type { RunSql } from "../../ports/database.ts";
import { type EventFacts, eventFacts, nodeId } from "./event-facts.ts";
import { edgeKindCode, gradeCode } from "./graph-rules.ts";
import type { NodeName } from "./name-dataset.ts";
import type { ParsedEvent } from "./parse-event.ts";
import { upsertNodes } from "./upsert-nodes.ts";

/** Where an event came from: null = HTTP. */
export type EventOrigin = { topic: string; partition: number; offset: number } | null;
export type ArrivedEvent = ParsedEvent & { network: number; receivedAt: Date; origin: EventOrigin };

/**
 * Adds events to the graph. What is stored is a function of the set of events: least and greatest times, and the greatest
 * by time and then by text where one must win. So repeats and any order come to the same. Returns how many were new.
 */
export async function storeEvents(sql: RunSql, arrived: readonly ArrivedEvent[]): Promise<number> {
  const fresh = await insertEvents(sql, arrived);
  for (const [network, events] of Map.groupBy(fresh, (event) => event.network)) {
    const { name } = networkById(network);
    const facts = events.map((event) => ({
      ...eventFacts(event.event, name),
      at: event.event.eventTime,
      id: event.id,
    }));
    await storeFacts(sql, network, facts);
  }
  return fresh.length;
}

type StoredEvent = ArrivedEvent & { id: string };
type TimedFacts = EventFacts & { at: string; id: string };

async function insertEvents(sql: RunSql, arrived: readonly ArrivedEvent[]): Promise<StoredEvent[]> {
  const byDigest = new Map(
    arrived.map((event) => [`${event.network} ${event.digest.toString("hex")}`, event]),
  );
  const rows = [...byDigest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => toEventRow(event));
  const inserted = await sql<{ id: string; network: number; digest: string }>(
    `INSERT INTO lineage_event
       (network, digest, kind, event_time, received_at, topic, partition, kafka_offset, body)
     SELECT network, decode(digest, 'hex'), kind, event_time, received_at, topic, partition, kafka_offset, body::json
     FROM json_to_recordset($1::json) AS new (network smallint, digest text, kind text, event_time timestamptz,
       received_at timestamptz, topic text, partition integer, kafka_offset bigint, body text)
     ON CONFLICT (network, digest) DO NOTHING
     RETURNING id::text, network, encode(digest, 'hex') AS digest`,
    [JSON.stringify(rows)],
  );
  return inserted.flatMap(({ id, network, digest }) => {
    const event = byDigest.get(`${network} ${digest}`);
    return event ? [{ ...event, id }] : [];
  });
}

function toEventRow({ network, digest, event, receivedAt, origin, body }: ArrivedEvent) {
  return {
    network,
    digest: digest.toString("hex"),
    kind: event.kind,
    event_time: event.eventTime,
    received_at: receivedAt.toISOString(),
    topic: origin?.topic ?? null,
    partition: origin?.partition ?? null,
    kafka_offset: origin?.offset ?? null,
    body,
  };
}

async function storeFacts(sql: RunSql, network: number, facts: readonly TimedFacts[]): Promise<void> {
  const ids = await upsertNodes(sql, network, facts);
  const idOf = (node: NodeName) => {
    const id = ids.get(nodeId(node));
    if (id === undefined) throw new Error(`Lineage node ${nodeId(node)} was written and is not there.`);
    return id;
  };
  await upsertRuns(sql, facts, idOf);
  await upsertEdges(sql, network, edgeRows(facts, idOf));
  await upsertFacets(sql, facts, idOf);
  await upsertColumns(sql, facts, idOf);
}

type IdOf = (node: NodeName) => string;

async function upsertRuns(sql: RunSql, facts: readonly TimedFacts[], idOf: IdOf): Promise<void> {
  const rows = facts.flatMap(({ run, at }) =>
    run
      ? [
          {
            node: idOf(run.run),
            job: idOf(run.job),
            state: run.state,
            rank: run.rank,
            at,
            started: run.isStart ? at : null,
            ended: run.isEnd ? at : null,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await sql(
    `INSERT INTO lineage_run AS kept (node, job, state, state_rank, state_at, first_at, started_at, ended_at)
     SELECT node, (array_agg(job ORDER BY at, job))[1], (array_agg(state ORDER BY rank DESC, at DESC, state DESC))[1],
       max(rank), (array_agg(at ORDER BY rank DESC, at DESC))[1], min(at), min(started), max(ended)
     FROM json_to_recordset($1::json) AS new (node bigint, job bigint, state text, rank smallint, at timestamptz,
       started timestamptz, ended timestamptz)
     GROUP BY node ORDER BY node
     ON CONFLICT (node) DO UPDATE SET
       job = CASE WHEN (excluded.first_at, excluded.job) < (kept.first_at, kept.job) THEN excluded.job ELSE kept.job END,
       state = CASE WHEN (excluded.state_rank, excluded.state_at, excluded.state)
         > (kept.state_rank, kept.state_at, kept.state) THEN excluded.state ELSE kept.state END,
       state_at = CASE WHEN (excluded.state_rank, excluded.state_at) > (kept.state_rank, kept.state_at)
         THEN excluded.state_at ELSE kept.state_at END,
       state_rank = greatest(kept.state_rank, excluded.state_rank),
       first_at = least(kept.first_at, excluded.first_at),
       started_at = least(kept.started_at, excluded.started_at),
       ended_at = greatest(kept.ended_at, excluded.ended_at)`,
    [JSON.stringify(rows)],
  );
}

function edgeRows(facts: readonly TimedFacts[], idOf: IdOf) {
  return facts.flatMap(({ edges, at, id }) =>
    edges.map(({ from, to, kind }) => ({
      from: idOf(from),
      to: idOf(to),
      kind: edgeKindCode(kind),
      at,
      event: id,
    })),
  );
}

/** An event said it once, so it was so from then on. The earliest event is the evidence. */
async function upsertEdges(sql: RunSql, network: number, rows: ReturnType<typeof edgeRows>): Promise<void> {
  if (rows.length === 0) return;
  await sql(
    `INSERT INTO lineage_edge AS kept (from_node, to_node, kind, network, grade, valid_from, event)
     SELECT "from", "to", kind, $2::smallint, $3::smallint, min(at), (array_agg(event ORDER BY at, event))[1]
     FROM json_to_recordset($1::json) AS new ("from" bigint, "to" bigint, kind smallint, at timestamptz, event bigint)
     GROUP BY "from", "to", kind ORDER BY "from", "to", kind
     ON CONFLICT (from_node, to_node, kind) DO UPDATE
       SET valid_from = excluded.valid_from, event = excluded.event
       WHERE excluded.valid_from < kept.valid_from`,
    [JSON.stringify(rows), String(network), String(gradeCode("recorded"))],
  );
}

async function upsertFacets(sql: RunSql, facts: readonly TimedFacts[], idOf: IdOf): Promise<void> {
  const rows = facts.flatMap(({ facets, at, id }) =>
    facets.map(({ node, run, scope, name, body }) => ({
      node: idOf(node),
      run: run ? idOf(run) : "0",
      scope,
      name,
      body,
      at,
      event: id,
    })),
  );
  if (rows.length === 0) return;
  await sql(
    `INSERT INTO lineage_facet AS kept (node, run, scope, name, digest, first_at, last_at, event, body)
     SELECT node, run, scope, name, substr(sha256(convert_to(body, 'UTF8')), 1, 16), min(at), max(at),
       (array_agg(event ORDER BY at, event))[1], min(body)::json
     FROM json_to_recordset($1::json) AS new (node bigint, run bigint, scope smallint, name text, body text,
       at timestamptz, event bigint)
     GROUP BY node, run, scope, name, substr(sha256(convert_to(body, 'UTF8')), 1, 16) ORDER BY 1, 3, 4, 2, 5
     ON CONFLICT (node, scope, name, run, digest) DO UPDATE SET
       event = CASE WHEN excluded.first_at < kept.first_at THEN excluded.event ELSE kept.event END,
       first_at = least(kept.first_at, excluded.first_at), last_at = greatest(kept.last_at, excluded.last_at)`,
    [JSON.stringify(rows)],
  );
}

async function upsertColumns(sql: RunSql, facts: readonly TimedFacts[], idOf: IdOf): Promise<void> {
  const rows = facts.flatMap(({ columns, at, id }) =>
    columns.map(({ to, toField, from, fromField, transformations }) => ({
      to: idOf(to),
      to_field: toField,
      from: idOf(from),
      from_field: fromField,
      transformations,
      at,
      event: id,
    })),
  );
  if (rows.length === 0) return;
  await sql(
    `INSERT INTO lineage_column AS kept
       (to_node, to_field, from_node, from_field, first_at, last_at, event, transformations)
     SELECT "to", to_field, "from", from_field, min(at), max(at), (array_agg(event ORDER BY at DESC, transformations DESC))[1],
       (array_agg(transformations ORDER BY at DESC, transformations DESC))[1]::json
     FROM json_to_recordset($1::json) AS new ("to" bigint, to_field text, "from" bigint, from_field text,
       transformations text, at timestamptz, event bigint)
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
     ON CONFLICT (to_node, to_field, from_node, from_field) DO UPDATE SET
       event = CASE WHEN (excluded.last_at, excluded.transformations::text)
         > (kept.last_at, kept.transformations::text) THEN excluded.event ELSE kept.event END,
       transformations = CASE WHEN (excluded.last_at, excluded.transformations::text)
         > (kept.last_at, kept.transformations::text) THEN excluded.transformations ELSE kept.transformations END,
       first_at = least(kept.first_at, excluded.first_at), last_at = greatest(kept.last_at, excluded.last_at)`,
    [JSON.stringify(rows)],
  );
}
