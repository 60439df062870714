import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openOutbound } from "../../adapters/http/open-outbound.ts";
import { openPrometheus } from "../../adapters/prometheus/open-prometheus.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { Prometheus } from "../../ports/prometheus.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { hasPrometheus, startExporter, startPrometheus } from "../../testing/real-prometheus.ts";
import { getHostSeries } from "./get-host-series.ts";
import { getNodeSeries } from "./get-node-series.ts";
import { type HostSeries, hostKinds, hostSeriesSchema } from "./history-schema.ts";
import { insertNode, insertReading, makeRoom, type TestNode, testSelf } from "./testing/insert-node.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const of = ({ network, key }: TestNode) => ({ network, key });

type Asked = { expression: string }[];

/** Answers each question with `answer` and keeps it. */
function aPrometheus(asked: Asked, answer: Awaited<ReturnType<Prometheus["query"]>> = []): Prometheus {
  const say = async (question: { expression: string }) => {
    asked.push(question);
    return answer;
  };
  return { host: "prometheus:9090", query: say, queryRange: say };
}

async function ask(
  db: TestDatabase,
  node: TestNode,
  { prometheus, clock = fakeClock(at), from = "now-1h" }: AskParts,
): Promise<HostSeries> {
  const ctx = aCtx({ db, clock, deps: { self: testSelf, prometheus } });
  return hostSeriesSchema.parse(await getHostSeries(ctx, { ...of(node), from, kinds: [...hostKinds] }));
}
type AskParts = { prometheus: Prometheus | null; clock?: Clock; from?: string };

describe("the machine of a node", () => {
  it("costs Prometheus no question while the node reports itself", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const node = await insertNode(db, { reportedAt: at });
    await insertReading(db, node, { at, gauges: { cpu: 0.5 } });
    const asked: Asked = [];
    const series = await ask(db, node, { prometheus: aPrometheus(asked) });
    expect(series).toMatchObject({ from: { kind: "telemetry" }, panels: [] });
    expect(asked).toEqual([]);
    const ctx = aCtx({ db, clock: fakeClock(at), deps: { self: testSelf } });
    expect(await getNodeSeries(ctx, { ...of(node), kinds: ["operations"] })).toMatchObject({
      hasTelemetry: true,
    });
  });

  it("says what is missing where neither telemetry nor node-exporter is there", async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const node = await insertNode(db);
    const why = async (prometheus: Prometheus | null) => {
      const { from } = await ask(db, node, { prometheus });
      return from.kind === "absent" ? from.why : from.kind;
    };
    expect(await why(null)).toMatch(/no Prometheus is configured.*set PROMETHEUS_URL/);
    const asked: Asked = [];
    expect(await why(aPrometheus(asked))).toMatch(
      /prometheus:9090 scrapes no target with ddc_network="mainnet"/,
    );
    expect(asked.every(({ expression }) => expression.includes(`ddc_node="${node.key}"`))).toBe(true);
    const down = [{ labels: { reading: "up" }, points: [{ at, value: 0 }] }];
    expect(await why(aPrometheus([], down))).toMatch(/its node-exporter does not answer prometheus:9090/);
  });
});

it.skipIf(!hasPrometheus)(
  "of a node without telemetry is read from node-exporter by a real Prometheus, and only that is lost with it",
  async () => {
    await using db = await testDatabase();
    await makeRoom(db);
    const node = await insertNode(db);
    await using exporter = await startExporter(aMachine(Date.now()));
    const labels = { ddc_network: node.network, ddc_node: node.key };
    await using real = await startPrometheus({ port: exporter.port, labels });
    const prometheus = openPrometheus({ url: real.url, outbound: openOutbound({ allow: ["127.0.0.1"] }) });
    const look = () => ask(db, node, { prometheus, clock: systemClock, from: "now-1m" });
    const series = await until(look, (found) => (linesOf(found).cpu?.filter(isKnown).length ?? 0) >= 6);

    expect(series.from).toMatchObject({ kind: "node_exporter", prometheus: real.url.host, isUp: true });
    const lines = linesOf(series);
    const newest = Object.fromEntries(
      Object.entries(lines).map(([name, values]) => [name, values.findLast(isKnown)]),
    );
    expect(Object.keys(newest).sort()).toEqual(["cpu", "disk", "disk_read", "memory", "net_in", "net_out"]);
    expect(newest.cpu).toBeCloseTo(0.25, 2);
    expect(newest.memory).toBeCloseTo(0.4, 5);
    // 60 of 100 on one disk that is mounted twice, 20 of 100 on another; a tmpfs is none.
    expect(newest.disk).toBeCloseTo(0.4, 5);
    expect(newest.disk_read).toBeCloseTo(4, 5);
    // 1,000 bytes a second in, over a counter that starts anew every three seconds; 5,000 out. Containers are not counted.
    expect(newest.net_in).toBeGreaterThan(5_000);
    expect(newest.net_in).toBeLessThan(9_000);
    expect(newest.net_out).toBeGreaterThan(36_000);
    expect(newest.net_out).toBeLessThan(44_000);
    // Before the first scrape nothing is known, and that is no zero.
    expect(lines.cpu?.slice(0, 20)).toEqual(new Array(20).fill(null));

    await exporter.stop();
    const silent = await until(look, ({ from }) => from.kind === "node_exporter" && !from.isUp);
    expect(linesOf(silent).cpu?.some(isKnown)).toBe(true);

    await real.stop();
    await expect(look()).rejects.toMatchObject({ code: "upstream" });
    const ctx = aCtx({ db, clock: systemClock, deps: { self: testSelf, prometheus } });
    expect(await getNodeSeries(ctx, { ...of(node), kinds: ["operations", "cpu_memory"] })).toMatchObject({
      hasTelemetry: false,
    });
  },
  60_000,
);

const isKnown = (value: number | null): value is number => value !== null;

function linesOf({ panels }: HostSeries): Record<string, readonly (number | null)[]> {
  return Object.fromEntries(panels.flatMap(({ lines }) => lines.map(({ name, values }) => [name, values])));
}

/** In node-exporter's words: two processors a quarter busy, two disks, traffic. */
function aMachine(startedAt: number): () => string {
  return () => {
    const seconds = (Date.now() - startedAt) / 1_000;
    const cpus = [0, 1].flatMap((cpu) => [
      `node_cpu_seconds_total{cpu="${cpu}",mode="idle"} ${1_000 + seconds * 0.75}`,
      `node_cpu_seconds_total{cpu="${cpu}",mode="user"} ${500 + seconds * 0.25}`,
    ]);
    const disks = [
      ["/dev/sda", "/", "ext4", 40],
      ["/dev/sda", "/srv/copy", "ext4", 40],
      ["/dev/sdb", "/data", "xfs", 80],
      ["tmpfs", "/run", "tmpfs", 100],
    ].flatMap(([device, mountpoint, fstype, avail]) => {
      const labels = `device="${device}",mountpoint="${mountpoint}",fstype="${fstype}"`;
      return [`node_filesystem_avail_bytes{${labels}} ${avail}`, `node_filesystem_size_bytes{${labels}} 100`];
    });
    return [
      ...cpus,
      ...disks,
      "node_memory_MemAvailable_bytes 600",
      "node_memory_MemTotal_bytes 1000",
      `node_network_receive_bytes_total{device="eth0"} ${(seconds % 3) * 1_000}`,
      `node_network_receive_bytes_total{device="veth12"} ${seconds * 1e9}`,
      `node_network_transmit_bytes_total{device="eth0"} ${seconds * 5_000}`,
      `node_network_transmit_bytes_total{device="lo"} ${seconds * 1e9}`,
      `node_disk_read_time_seconds_total{device="sda"} ${seconds * 0.04}`,
      `node_disk_reads_completed_total{device="sda"} ${seconds * 10}`,
      `node_disk_read_time_seconds_total{device="dm-0"} ${seconds * 9}`,
      `node_disk_reads_completed_total{device="dm-0"} ${seconds}`,
      `node_time_seconds ${Date.now() / 1_000}`,
      "",
    ].join("\n");
  };
}

async function until<T>(look: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look().catch(() => null);
    if (found !== null && isSo(found)) return found;
    await pause(500);
  }
}
