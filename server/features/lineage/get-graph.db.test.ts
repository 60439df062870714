import { expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { getCause } from "./get-cause.ts";
import { getEdge } from "./get-edge.ts";
import { getGraph } from "./get-graph.ts";
import { getImpact } from "./get-impact.ts";
import { graphInput, reachInput } from "./schema.ts";
import { aRunEvent, arrive } from "./testing/arrive.ts";

const run = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T12:00:00Z`;
const clock = fakeClock("2026-11-25T12:00:00Z");

/** raw → clean (on the 20th) → report (on the 22nd), each by a run of its own. */
async function insertChain(db: TestDatabase): Promise<void> {
  await arrive(db, [
    aRunEvent({ run: run(1), job: "clean", at: day(20), inputs: ["raw"], outputs: ["clean"] }),
    aRunEvent({ run: run(2), job: "report", at: day(22), inputs: ["clean"], outputs: ["report"] }),
  ]);
}

function graph(db: TestDatabase, input: object) {
  return getGraph(
    { db, clock },
    graphInput.parse({ network: "mainnet", root: "dataset:db clean", ...input }),
  );
}

it("draws both sides of a thing, hop by hop, up to the depth", async () => {
  await using db = await testDatabase();
  await insertChain(db);
  const hops = async (input: object) =>
    Object.fromEntries((await graph(db, input)).nodes.map(({ key, hop }) => [key, hop]));
  expect(await hops({ depth: 1 })).toEqual({ "db clean": 0, [run(1)]: -1, [run(2)]: 1 });
  expect(await hops({ depth: 2 })).toEqual({
    "db clean": 0,
    [run(1)]: -1,
    [run(2)]: 1,
    "db raw": -2,
    "jobs clean": -2,
    "db report": 2,
  });
  expect(await hops({ depth: 10, direction: "upstream" })).toEqual({
    "db clean": 0,
    [run(1)]: -1,
    "db raw": -2,
    "jobs clean": -2,
  });
});

it("is the graph of yesterday when it is asked for yesterday", async () => {
  await using db = await testDatabase();
  await insertChain(db);
  const then = await graph(db, { asOf: "2026-11-21T00:00:00Z", depth: 10 });
  expect(then.nodes.map(({ key }) => key).sort()).toEqual([run(1), "db clean", "db raw", "jobs clean"]);
  await db.sql("UPDATE lineage_edge SET valid_to = '2026-11-23' WHERE valid_from > '2026-11-21'");
  expect((await graph(db, { depth: 10 })).nodes).toHaveLength(4);
  expect((await graph(db, { depth: 10, asOf: "2026-11-22T13:00:00Z" })).nodes).toHaveLength(6);
});

it("draws at most 200 things and says of each how many edges it hides", async () => {
  await using db = await testDatabase();
  const outputs = Array.from({ length: 400 }, (_, index) => `part-${index}`);
  await arrive(db, [
    aRunEvent({ run: run(1), at: day(20), inputs: ["clean"], outputs }),
    ...outputs.map((part, index) =>
      aRunEvent({ run: run(index + 2), at: day(21), inputs: [part], outputs: ["sum"] }),
    ),
  ]);
  const found = await graph(db, { depth: 10 });
  expect(found.nodes.length).toBeLessThanOrEqual(200);
  const byKey = new Map(found.nodes.map((node) => [node.key, node]));
  expect(byKey.get(run(1))?.hiddenDown).toEqual({ edges: 400 - 12, isMore: false });
  const opened = await graph(db, { depth: 2, opened: [byKey.get(run(1))?.id] });
  const drawn = opened.edges.filter(({ from }) => from === byKey.get(run(1))?.id).length;
  expect(drawn).toBe(120);
  expect(opened.nodes.find(({ key }) => key === run(1))?.hiddenDown.edges).toBe(400 - 120);
  const sum = await graph(db, { root: "dataset:db sum", depth: 1 });
  expect(sum.nodes[0]?.hiddenUp).toEqual({ edges: 400 - 12, isMore: false });
});

it("follows only edges of the grades that are asked for", async () => {
  await using db = await testDatabase();
  await insertChain(db);
  expect((await graph(db, { grades: ["proved"] })).nodes).toHaveLength(1);
  expect((await graph(db, { grades: ["recorded"], depth: 10 })).nodes).toHaveLength(6);
});

it("shows the event behind an edge, with every digit", async () => {
  await using db = await testDatabase();
  const body = aRunEvent({ run: run(1), at: day(20), outputs: ["clean"] }).replace(
    '"db"',
    '"db","x":9007199254740993',
  );
  await arrive(db, [body]);
  const [edge] = (await graph(db, { depth: 1 })).edges;
  if (!edge) throw new Error("no edge");
  const detail = await getEdge({ db, clock }, { network: "mainnet", ...edge });
  expect(detail.grade).toBe("recorded");
  expect(detail.event?.body).toContain("9007199254740993");
  await expect(getEdge({ db, clock }, { network: "testnet", ...edge })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("answers what depends on a thing and what changed before it", async () => {
  await using db = await testDatabase();
  await insertChain(db);
  await arrive(db, [
    aRunEvent({
      run: run(3),
      job: "clean",
      type: "FAIL",
      at: day(24),
      inputs: ["raw"],
      outputs: ["clean"],
      jobFacets: { sourceCode: { source: "v2" } },
    }),
    aRunEvent({
      run: run(1),
      job: "clean",
      type: "START",
      at: day(19),
      jobFacets: { sourceCode: { source: "v1" } },
    }),
  ]);
  const impact = await getImpact(
    { db, clock },
    reachInput.parse({ network: "mainnet", root: "dataset:db raw" }),
  );
  expect(impact.counts).toEqual(
    expect.arrayContaining([
      { kind: "run", nodes: 3 },
      { kind: "dataset", nodes: 2 },
    ]),
  );
  const cause = await getCause(
    { db, clock },
    reachInput.parse({ network: "mainnet", root: "dataset:db report", since: day(23) }),
  );
  expect(cause.changes.map(({ what, key }) => `${what} ${key}`).sort()).toEqual([
    `appeared ${run(3)}`,
    `facet jobs clean`,
    `failed ${run(3)}`,
  ]);
});

it("says what it does not know", async () => {
  await using db = await testDatabase();
  await expect(graph(db, {})).rejects.toMatchObject({ code: "not_found" });
});
