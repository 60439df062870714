import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { driveLane } from "../../ingest/testing/drive-ingest.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { arrive } from "./testing/arrive.ts";

const lines = readFileSync(new URL("./fixtures/file/events.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const source = "baebb4ideg6z2yocgkez77nr3outtvdnvjdcvqrs5phnqh7jvtrwnlpm5qu";
const derived = "baear4ihs62yz34bozavoj6u7xujri3fplh56o3lrva3rf2mqyi7654a26y";

it("makes the same graph of the same events, whatever their order, batches and repeats", async () => {
  await using first = await testDatabase();
  await arrive(first, lines);
  const expected = await graphOf(first);
  expect(expected.edges).toContainEqual(expect.objectContaining({ kind: 0, from_key: source }));
  await using second = await testDatabase();
  for (const line of [...lines].reverse()) await arrive(second, [line, line]);
  expect(await arrive(second, lines)).toBe(0);
  expect(await graphOf(second)).toEqual(expected);
  await using third = await testDatabase();
  const odd = lines.filter((_, index) => index % 2 === 1);
  const even = lines.filter((_, index) => index % 2 === 0);
  await Promise.all([arrive(third, odd), arrive(third, even)]);
  expect(await graphOf(third)).toEqual(expected);
});

it("knows runs by their ends, contents by their CIDs, columns by their facet, and parents", async () => {
  await using db = await testDatabase();
  await arrive(db, lines);
  const runs = await db.sql<{ key: string; state: string; job: string }>(
    `SELECT node.key, state, job.key AS job FROM lineage_run JOIN lineage_node AS node ON node.id = node
     JOIN lineage_node AS job ON job.id = job ORDER BY state`,
  );
  expect(runs.map(({ state }) => state)).toEqual(["aborted", "completed", "failed"]);
  const edges = (await graphOf(db)).edges.map(
    ({ from_key, kind, to_key }) => `${from_key} ${kind} ${to_key}`,
  );
  const run = "2cd135a0-e531-5b9c-a856-3e3854aa7a6f";
  expect(edges).toEqual(
    expect.arrayContaining([
      `${source} 0 ${run}`,
      `kafka://broker.example.org:9092 ddc.activity 0 ${run}`,
      `${run} 1 ${derived}`,
      `1644fda4-4f08-502a-a4e6-886d0b209592 4 ${run}`,
      `${derived} 8 1234`,
    ]),
  );
  const columns = await db.sql("SELECT to_field, from_field FROM lineage_column ORDER BY to_field");
  expect(columns).toEqual([
    { to_field: "", from_field: "id" },
    { to_field: "preview", from_field: "bytes" },
  ]);
});

it("keeps unknown facets and every digit of a number, also in the database", async () => {
  await using db = await testDatabase();
  await arrive(db, lines);
  const [facet] = await db.sql<{ body: string }>(
    "SELECT body::text AS body FROM lineage_facet WHERE name = 'ddc_piece'",
  );
  expect(facet?.body).toContain('"sizeBytes":9007199254740993');
  const bodies = await db.sql<{ body: string }>(
    "SELECT body::text AS body FROM lineage_event ORDER BY event_time",
  );
  expect(bodies.map(({ body }) => body)).toEqual(lines);
});

it("comes from Kafka once, and what is malformed goes to dead letters with its field", async () => {
  await using db = await testDatabase();
  await using lane = await driveLane(db, { binding: "lineage", clock: fakeClock("2026-11-23T16:00:00Z") });
  const bad = lines[0]?.replace('"runId": "2cd135a0', '"runId": "zzz') ?? "";
  await lane.deliver([...lines, bad, ...lines].map((value) => ({ value })));
  await lane.flush();
  expect(await db.sql("SELECT count(*) AS n FROM lineage_event")).toEqual([{ n: "9" }]);
  expect(await db.sql("SELECT reason FROM dead_letter")).toEqual([{ reason: "/run/runId must be a UUID" }]);
  expect(await db.sql("SELECT topic, kafka_offset FROM lineage_event ORDER BY id LIMIT 1")).toMatchObject([
    { kafka_offset: expect.stringMatching(/^\d+$/) },
  ]);
});

/** All of it but for ids that the database gave. */
async function graphOf(db: TestDatabase) {
  const edges = await db.sql<{ from_key: string; to_key: string; kind: number }>(
    `SELECT source.key AS from_key, edge.kind, target.key AS to_key, valid_from, valid_to::text, grade
     FROM lineage_edge AS edge JOIN lineage_node AS source ON source.id = from_node
     JOIN lineage_node AS target ON target.id = to_node ORDER BY 1, 2, 3`,
  );
  const nodes = await db.sql("SELECT kind, key, first_at FROM lineage_node ORDER BY 1, 2");
  const runs = await db.sql(
    `SELECT node.key, job.key AS job, state, state_rank, state_at, run.first_at, started_at, ended_at
     FROM lineage_run AS run JOIN lineage_node AS node ON node.id = node JOIN lineage_node AS job ON job.id = job
     ORDER BY 1`,
  );
  const facets = await db.sql(
    `SELECT node.key, coalesce(run.key, '') AS run, scope, facet.name, facet.first_at, last_at, body::text
     FROM lineage_facet AS facet JOIN lineage_node AS node ON node.id = node
     LEFT JOIN lineage_node AS run ON run.id = run ORDER BY 1, 2, 3, 4, 7`,
  );
  const columns = await db.sql(
    `SELECT target.key, to_field, source.key AS source, from_field, column_.first_at, last_at, transformations::text
     FROM lineage_column AS column_ JOIN lineage_node AS source ON source.id = from_node
     JOIN lineage_node AS target ON target.id = to_node ORDER BY 1, 2, 3, 4`,
  );
  return { edges, nodes, runs, facets, columns };
}
