import { describe, expect, it } from "vitest";
import { isAppError } from "../../kernel/errors.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { compareNodes } from "./compare-nodes.ts";
import { getForecast } from "./get-forecast.ts";
import { getNode } from "./get-node.ts";
import { getNodeHeatmap } from "./get-node-heatmap.ts";
import { getNodeSeries } from "./get-node-series.ts";
import {
  forecastSchema,
  heatmapSchema,
  nodeComparisonSchema,
  nodeSeriesSchema,
  seriesKinds,
} from "./history-schema.ts";
import { nodeDetailSchema } from "./schema.ts";
import {
  insertNode,
  insertProbe,
  insertReading,
  insertRollup,
  insertWorker,
  makeRoom,
  type TestNode,
  testSelf,
} from "./testing/insert-node.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1_000);
const of = ({ network, key }: TestNode) => ({ network, key });
const tib = 2 ** 40;

async function aNetwork() {
  const db = await testDatabase();
  await makeRoom(db);
  await insertWorker(db, { at });
  const ctx = aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } });
  return Object.assign(db, { ctx });
}

describe("the page of a node", () => {
  it("puts the three views side by side, weighs the risk and checks the machine", async () => {
    await using db = await aNetwork();
    const clusterId = `0x${"ab".repeat(20)}`;
    const node = await insertNode(db, {
      clusterId,
      reported: {
        "host.name": "fsn1-s07",
        "service.version": "1.15.0",
        "cloud.region": "eu-central",
        "ddc.cluster": clusterId,
      },
      reportedAt: ago(2),
      activeAt: ago(1),
    });
    for (let minute = 0; minute < 30; minute++)
      await insertReading(db, node, {
        at: ago(minute * 60),
        gauges: {
          cpu_cores: 16,
          disk_read_ms: 64.2,
          link_bps: 1e10,
          stored_bytes: 55.1 * tib,
          disk_total_bytes: 64 * tib,
          clock_skew_ms: 12,
        },
      });
    await insertReading(db, node, { at, gauges: { net_out_bps: 3.1e9 }, in: ["1h"] });
    await insertRollup(db, node, {
      at: ago(120),
      requests: [{ count: 9_000 }, { count: 1_000, status: 3, latencyMs: 1_900 }],
    });
    await insertProbe(db, node, { at: ago(8), latencyMs: 14 });
    await db.sql("INSERT INTO node_probe_1h VALUES ($1, $2, 60, 59, 840, 30)", [node.id, ago(3_600)]);

    const detail = nodeDetailSchema.parse(await getNode(db.ctx, of(node)));

    const verdicts = Object.fromEntries(detail.views.map(({ subject, verdict }) => [subject, verdict?.kind]));
    expect(verdicts).toMatchObject({
      key: "agree",
      address: "agree",
      cluster: "agree",
      alive: "agree",
      link: "unknown",
      software: "unknown",
    });
    expect(detail.provisioning.map(({ state, reading }) => `${state}: ${reading}`)).toEqual([
      "met: 16 cores, telemetry",
      "not_met: 64.2 ms in the last hour",
      "unknown: says 10 Gb/s, 3.1 Gb/s seen, at most 31 % of it",
    ]);
    expect(detail.risk.factors.map(({ factor, reading, points }) => [factor, reading, points])).toEqual([
      ["failures", "10 %, limit 1 %", 40],
      ["probes", "1 of 60 probes", 3],
      ["silence", "1.0 s at 12:00 UTC", 0],
      ["clock", "12 ms", 0],
      ["pieces", "none verified", null],
      ["disk", "no forecast", null],
      ["offences", "not indexed on mainnet", null],
    ]);
    expect(detail.risk).toMatchObject({ score: 43, threshold: 60, isOverThreshold: false });
    expect(detail.node.status).toMatchObject({ kind: "degraded" });
  });

  it("remembers the longest silence of a day", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { reportedAt: ago(1) });
    for (const minute of [60, 59, 30, 29, 1])
      await insertReading(db, node, { at: ago(minute * 60), gauges: { cpu: 0.1 } });
    const { risk } = await getNode(db.ctx, of(node));
    expect(risk.factors.find(({ factor }) => factor === "silence")).toMatchObject({
      reading: "28 m 00 s at 11:02 UTC",
    });
  });

  it("takes the clock of a node into account", async () => {
    await using db = await aNetwork();
    const behind = await insertNode(db, { reportedAt: ago(90) });
    await insertReading(db, behind, { at: ago(90), gauges: { clock_skew_ms: -90_000 } });
    const ahead = await insertNode(db, { reportedAt: ago(-90) });
    await insertReading(db, ahead, { at: ago(-90), gauges: { clock_skew_ms: 90_000, cpu: 0.4 } });
    for (const node of [behind, ahead]) {
      const detail = await getNode(db.ctx, of(node));
      expect(detail.node.status).toMatchObject({
        kind: "degraded",
        reason: "its clock is off by 1 m 30 s, limit 1.0 s.",
      });
      expect(detail.node.heardAt).toBe(at.toISOString());
    }
  });

  it("notices a disk that fills within hours", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { reportedAt: ago(1) });
    await insertReading(db, node, { at: ago(600), gauges: { disk: 0.6 } });
    await insertReading(db, node, { at, gauges: { disk: 0.64 } });
    const { node: row } = await getNode(db.ctx, of(node));
    expect(row.status.reason).toBe("the disk fills by 24 % an hour, limit 5 % an hour, full in 1 h 30 m.");
  });

  it("says that there is no such node", async () => {
    await using db = await aNetwork();
    const key = `0x${"ff".repeat(32)}`;
    for (const ask of [getNode, getForecast])
      await expect(ask(db.ctx, { network: "mainnet", key })).rejects.toSatisfy(
        (error) => isAppError(error) && error.code === "not_found",
      );
  });
});

describe("the history of a node", () => {
  it("comes out of the grain that fits the range, with gaps where nothing was heard", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { reportedAt: ago(1) });
    await insertRollup(db, node, {
      at: ago(1_800),
      in: ["1m", "1h"],
      requests: [{ operation: 0, count: 60, latencyMs: 20 }],
    });
    await insertReading(db, node, { at: ago(1_800), gauges: { cpu: 0.5 }, in: ["1m"] });
    await insertReading(db, node, { at: ago(1_740), gauges: { cpu: 0.7 }, in: ["1m"] });
    const ask = async (from: string) =>
      nodeSeriesSchema.parse(await getNodeSeries(db.ctx, { ...of(node), from, kinds: [...seriesKinds] }));
    const series = await ask("now-1h");
    const line = (name: string) =>
      series.panels.flatMap(({ lines }) => lines).find((found) => found.name === name)?.values ?? [];
    expect(series.steps).toMatchObject({ grain: "1m", stepMs: 60_000, points: 61 });
    expect(line("put").filter((value) => value !== null)).toEqual([1, 0]);
    expect(line("cpu").filter((value) => value !== null)).toEqual([0.5, 0.7]);
    expect(line("memory").every((value) => value === null)).toBe(true);
    expect(series.heatmap?.counts.filter((column) => column !== null)).toEqual([[60], [0]]);
    expect(series.gaps.filter(({ source }) => source === "telemetry")).toHaveLength(2);
    const day = await ask("now-1d");
    expect(day.steps.grain).toBe("1h");
    expect(day.panels[0]?.lines[0]?.values.filter((value) => value !== null)).toEqual([0.01667]);
  });

  it("draws the heatmap alone as it does among the panels", async () => {
    await using db = await aNetwork();
    const node = await insertNode(db, { reportedAt: ago(1) });
    await insertRollup(db, node, { at: ago(600), requests: [{ count: 7, latencyMs: 3 }] });
    const range = { from: "now-1h", to: "now" };
    const alone = heatmapSchema.parse(await getNodeHeatmap(db.ctx, { ...of(node), ...range }));
    const { heatmap } = await getNodeSeries(db.ctx, { ...of(node), ...range, kinds: ["heatmap"] });
    expect(alone).toEqual(heatmap);
    expect(alone).toMatchObject({ edgesMs: [2, 4], max: 7 });
  });

  it("foretells when the disk is full, out of days or of the hours of a young node", async () => {
    await using db = await aNetwork();
    const old = await insertNode(db);
    const young = await insertNode(db);
    for (let day = 0; day < 30; day++)
      await insertReading(db, old, {
        at: new Date(at.getTime() - day * 86_400_000),
        in: ["1d"],
        gauges: { disk_used_bytes: (55 - day * 0.5) * tib, disk_total_bytes: 64 * tib },
      });
    for (let hour = 0; hour < 48; hour++)
      await insertReading(db, young, {
        at: ago(hour * 3_600),
        in: ["1h"],
        gauges: { stored_bytes: (60 - hour / 24) * tib, disk_total_bytes: 64 * tib },
      });
    const ask = async (node: TestNode) => forecastSchema.parse(await getForecast(db.ctx, of(node)));
    expect(await ask(old)).toMatchObject({ verdict: "full_in", wording: "Full in 18 days" });
    expect(await ask(young)).toMatchObject({ verdict: "full_in", wording: "Full in 4 days" });
  });

  it("lays two to six nodes on the same steps", async () => {
    await using db = await aNetwork();
    const nodes = [
      await insertNode(db, { reportedAt: ago(1) }),
      await insertNode(db, { reportedAt: ago(1) }),
    ];
    for (const [index, node] of nodes.entries())
      await insertReading(db, node, { at: ago(300), gauges: { cpu: 0.2 + index } });
    const answer = nodeComparisonSchema.parse(
      await compareNodes(db.ctx, { network: "mainnet", keys: nodes.map(({ key }) => key), from: "now-1h" }),
    );
    expect(answer.nodes.map(({ node }) => node.key)).toEqual(nodes.map(({ key }) => key));
    const cpu = answer.nodes.map(({ lines }) =>
      lines.find(({ name }) => name === "cpu")?.values.find((value) => value !== null),
    );
    expect(cpu).toEqual([0.2, 1.2]);
    expect(new Set(answer.nodes.flatMap(({ lines }) => lines.map(({ values }) => values.length)))).toEqual(
      new Set([answer.steps.points]),
    );
  });
});
