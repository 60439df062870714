import { beforeAll, describe, expect, it } from "vitest";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertNode, insertReading, insertRollup, makeRoom } from "../nodes/testing/insert-node.ts";
import { dashboards } from "./catalogue.ts";
import { getDashboard } from "./get-dashboard.ts";
import { getPanel } from "./get-panel.ts";
import { dashboardDetailSchema, panelDataSchema } from "./schema.ts";

const at = new Date("2026-11-27T12:00:00.000Z");
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const clusterId = `0x${"c1".repeat(20)}`;

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  const node = await insertNode(db, {
    clusterId,
    reported: { "host.name": "fsn1-s01", "cloud.region": "eu-central", "ddc.cluster.name": "Dragon 1" },
    activeAt: at,
  });
  const requests = [
    { operation: 1, latencyMs: 10, count: 98 },
    { operation: 0, latencyMs: 400, status: 2, count: 2 },
  ];
  await insertRollup(db, node, { at: ago(10), requests });
  await insertReading(db, node, { at: ago(10), gauges: { cpu: 0.25, stored_bytes: 5e12, disk_read_ms: 3 } });
  const other = await insertNode(db, { network: "testnet", reported: { "host.name": "elsewhere" } });
  await insertRollup(db, other, { at: ago(10), requests: [{ count: 1_000 }] });
  return Object.assign(db, { ctx: aCtx({ db, clock: fakeClock(at) }) });
}

function panelOf(uid: string, title: string): { uid: string; panelId: number } {
  const panel = dashboards
    .find((dashboard) => dashboard.uid === uid)
    ?.panels.find((one) => one.title === title);
  if (!panel) throw new Error(`${uid} has no panel "${title}"`);
  return { uid, panelId: panel.id };
}

describe("the dashboards that ship", () => {
  let shared: Awaited<ReturnType<typeof aNetwork>>;
  beforeAll(async () => {
    shared = await aNetwork();
    return () => shared.close();
  });
  const ask = (panel: { uid: string; panelId: number }, variables: Record<string, string[]> = {}) =>
    getPanel(shared.ctx, { network: "mainnet", from: "now-1h", to: "now", variables, ...panel });

  it.each(
    dashboards.flatMap(({ uid, panels }) => panels.map(({ id, title }) => ({ uid, panelId: id, title }))),
  )("$uid: $title runs on the real schema", async ({ uid, panelId }) => {
    panelDataSchema.parse(await ask({ uid, panelId }));
  });

  it("give the numbers that were written, of this network only", async () => {
    const errors = await ask(panelOf("cere-nodes", "Errors"));
    expect(errors.answer).toEqual({ kind: "value", value: 0.02 });
    const table = await ask(panelOf("cere-nodes", "Nodes by errors"));
    expect(table.answer).toMatchObject({
      rows: [["fsn1-s01", "Dragon 1", "eu-central", "100", "2", "2.00"]],
    });
    const stored = await ask(panelOf("cere-nodes", "Stored"));
    expect(stored.answer).toEqual({ kind: "value", value: 5e12 });
  });

  it("draw a percentile from merged sketches on the step of its minute, with gaps around", async () => {
    const { answer } = await ask(panelOf("cere-nodes", "Request latency p99"));
    if (answer.kind !== "series") throw new Error("a series was expected");
    const known = answer.series.flatMap(({ values }) =>
      values.flatMap((value, index) => (value === null ? [] : [{ value, index }])),
    );
    expect(answer.series.map(({ label }) => label)).toEqual(["fsn1-s01"]);
    expect(known).toHaveLength(1);
    expect(known[0]?.index).toBe(50);
    expect(Math.abs((known[0]?.value ?? 0) - 400)).toBeLessThan(400 * 0.021);
  });

  it("follow the chosen values of a variable", async () => {
    const detail = dashboardDetailSchema.parse(
      await getDashboard(shared.ctx, { network: "mainnet", uid: "cere-nodes" }),
    );
    expect(detail.variables[0]?.options).toEqual(["Dragon 1"]);
    const none = await ask(panelOf("cere-nodes", "Nodes by errors"), {
      cluster: ["Dragon 2'; DROP TABLE ddc_node --"],
    });
    expect(none.answer).toMatchObject({ rows: [] });
  });

  it("keep amounts exact", async () => {
    await insertCharge(shared, "90071992547409930001");
    const { answer } = await getPanel(shared.ctx, {
      network: "mainnet",
      from: "now-1d",
      to: "now",
      variables: {},
      ...panelOf("cere-economics", "Charges"),
      panelId: 2,
    });
    expect(answer).toEqual({ kind: "value", value: "9007199254.7409930001" });
  });
});

function insertCharge(db: TestDatabase, amount: string): Promise<unknown> {
  return db.sql(
    "INSERT INTO ledger_1h (network, kind, at, amount, entries) VALUES (3, 'charge', $1, $2, 1)",
    [new Date("2026-11-27T10:00:00.000Z"), amount],
  );
}
