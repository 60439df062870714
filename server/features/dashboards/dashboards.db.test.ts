import { beforeAll, describe, expect, it } from "vitest";
import { dashboards } from "./catalogue.ts";
import { getDashboard } from "./get-dashboard.ts";
import { getPanel } from "./get-panel.ts";
import { dashboardDetailSchema, panelDataSchema } from "./schema.ts";
import { aNetwork, insertCharge, panelOf } from "./testing/a-network.ts";

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

  it("count an agent's jobs and time them from its sketches", async () => {
    expect((await ask(panelOf("cere-agents", "Jobs"))).answer).toEqual({ kind: "value", value: "40" });
    expect((await ask(panelOf("cere-agents", "Failed"))).answer).toEqual({ kind: "value", value: 0.25 });
    expect((await ask(panelOf("cere-agents", "Instances"))).answer).toEqual({ kind: "value", value: "1" });
    const { answer } = await ask(panelOf("cere-agents", "Job time p99"));
    if (answer.kind !== "value") throw new Error("a value was expected");
    expect(Math.abs(Number(answer.value) - 250)).toBeLessThan(250 * 0.021);
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
