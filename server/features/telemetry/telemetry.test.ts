import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCounters, type CounterState } from "./counter-rules.ts";
import { decodeOtlp } from "./decode-otlp.ts";
import { defaultMetricMap, toMetricMap } from "./metric-map.ts";
import { nodesOf } from "./nodes-of.ts";
import type { OtlpResource } from "./otlp-metrics.ts";
import { type CounterPoint, readNode, refuseTimes } from "./rules.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const first = "0x1779f59f4df251f6b81aeb08fb52a5d84ad4eef833c7fdf0bc576cd1aab11d24";
const second = "0x35971be6e9bb024a895582fe0e42e04848a86da550aaef0fccbfba86f99f617d";

function decode(bytes: Buffer): OtlpResource[] {
  const resources = decodeOtlp(bytes, 0, bytes.length);
  if (typeof resources === "string") throw new Error(resources);
  return resources;
}

function read(file: string): OtlpResource[] {
  return decode(readFileSync(join(fixtures, file)));
}

/** Readings by gauge, per node, of collections that follow each other. */
function readingsOf(files: readonly string[]): Record<string, Record<string, number>>[] {
  const states = new Map<string, CounterState>();
  return files.map((file) => {
    const { nodes } = nodesOf(read(file), () => 3);
    const byNode = nodes.map(({ nodeKey, resources }) => {
      const { readings, counters } = readNode(resources, defaultMetricMap);
      const { readings: rates, after } = applyCounters(states.get(nodeKey) ?? {}, counters, defaultMetricMap);
      states.set(nodeKey, after);
      return [nodeKey, Object.fromEntries([...readings, ...rates].map(({ gauge, value }) => [gauge, value]))];
    });
    return Object.fromEntries(byNode);
  });
}

describe("what an unmodified Collector writes", () => {
  it.each(["json", "binpb"])("gives the right readings of both nodes from two collections (%s)", (form) => {
    const kind = form === "json" ? "json" : "proto";
    const [one, two] = readingsOf([
      `metrics-${kind}-two-nodes-1.${form}`,
      `metrics-${kind}-two-nodes-2.${form}`,
    ]);
    const levels = {
      cpu_cores: 2,
      memory_bytes: 25_274_793_984,
      disk_total_bytes: 22_870_245_376 + 74_923_073_536,
    };
    expect(one?.[first]).toEqual({
      cpu_cores: 2,
      memory_bytes: 25_274_793_984,
      memory: 0.05601007616,
      disk: 0.23386312458,
      load_1m: 1.46,
      disk_used_bytes: 22_870_245_376,
      disk_total_bytes: expect.any(Number),
    });
    // A share of time, a latency and rates need two collections.
    expect(two?.[first]).toMatchObject({
      cpu_cores: levels.cpu_cores,
      cpu: expect.closeTo(0.268158, 6),
      memory: 0.05633257295,
      load_1m: 1.35,
      disk_used_bytes: 22_870_773_760,
      disk_read_ms: expect.closeTo(((344.131 - 344.127) * 1000) / (237_941 - 237_932), 6),
    });
    expect(two?.[second]).toMatchObject({
      cpu: expect.closeTo(0.266081, 6),
      memory: 0.05633257295,
      load_1m: 1.35,
      disk_used_bytes: 22_870_773_760,
      disk_read_ms: expect.closeTo(0.444444, 5),
    });
    for (const node of [first, second]) {
      expect(two?.[node]?.net_in_bps).toBeGreaterThan(0);
      expect(two?.[node]?.net_out_bps).toBeGreaterThan(0);
    }
  });

  it("is the same from JSON and protobuf, for every pair of samples", () => {
    for (const name of ["two-nodes-1", "two-nodes-2", "all-types"])
      expect(read(`metrics-proto-${name}.binpb`)).toEqual(read(`metrics-json-${name}.json`));
  });

  it("repeats the resource once a scraper, and is one node all the same", () => {
    const resources = read("metrics-json-two-nodes-2.json");
    expect(resources).toHaveLength(12);
    expect(nodesOf(resources, () => 3).nodes.map(({ nodeKey }) => nodeKey)).toEqual([first, second]);
  });

  it("may be of other software: nothing is read of it, and it is no error", () => {
    for (const file of ["metrics-json-all-types.json", "metrics-proto-all-types.binpb"]) {
      const [node] = nodesOf(read(file), () => 3).nodes;
      expect(readNode(node?.resources ?? [], defaultMetricMap)).toEqual({ readings: [], counters: [] });
    }
  });

  it("is read whole when it is split by resource", () => {
    const files = readdirSync(fixtures).filter((name) => name.includes("keyed-by-resource"));
    expect(files).toHaveLength(4);
    for (const file of files) expect(nodesOf(read(file), () => 3).nodes).toHaveLength(1);
  });
});

describe("what is refused", () => {
  const cut = readFileSync(join(fixtures, "metrics-proto-two-nodes-1.binpb")).subarray(0, 5_000);

  it.each([
    ["nothing", Buffer.alloc(0), "the record is empty"],
    ["text", Buffer.from("hello"), "neither OTLP JSON nor OTLP protobuf"],
    ["cut JSON", Buffer.from('{"resourceMetrics":['), "not JSON"],
    ["cut protobuf", cut, "not protobuf, or cut off"],
    ["logs", readFileSync(join(fixtures, "logs-json.json")), "not OTLP metrics: resourceMetrics"],
    [
      "a wrong type",
      Buffer.from('{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":7}]}]}]}'),
      "not OTLP metrics: resourceMetrics.0.scopeMetrics.0.metrics.0.name",
    ],
  ])("refuses %s", (_what, bytes, reason) => {
    expect(decodeOtlp(bytes, 0, bytes.length)).toContain(reason);
  });

  it("refuses a node key that is none, and reads the other nodes of the message", () => {
    const resources = [aResource({ "ddc.node": "0x12" }), aResource({ "ddc.node": first })];
    const { nodes, refusal } = nodesOf(resources, () => 3);
    expect(refusal).toBe("ddc.node 0x12 is no node key");
    expect(nodes).toHaveLength(1);
  });

  it("refuses times before 2020 and more than ten minutes ahead", () => {
    const now = new Date("2026-11-23T12:00:00Z");
    const judge = (atMs: number) => refuseTimes([aResource({}, atMs)], { now, keptMs: null });
    expect(judge(1_000)).toBe("m: time 1970-01-01T00:00:01.000Z is before 2020");
    expect(judge(now.getTime() + 601_000)).toContain("more than 10 minutes in the future");
    expect(judge(now.getTime() + 599_000)).toBeNull();
    expect(judge(Date.UTC(2021, 0, 1))).toBeNull();
  });

  it("never throws, whatever protobuf it is given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const bytes = Buffer.from([0x0a, ...tail]);
        const result = decodeOtlp(bytes, 0, bytes.length);
        expect(typeof result === "string" || Array.isArray(result)).toBe(true);
      }),
    );
  });
});

describe("rates", () => {
  const point = (value: number, seconds: number, more: Partial<CounterPoint> = {}): CounterPoint => ({
    gauge: "net_in_bps",
    part: "dividend",
    series: "system.network.io|eth0|receive",
    atMs: 1_000_000_000_000 + seconds * 1_000,
    startMs: 0,
    value,
    ...more,
  });
  const rates = (points: readonly CounterPoint[], before: CounterState = {}) =>
    applyCounters(before, points, defaultMetricMap).readings.map(({ value }) => value);

  it("are the growth a second of all devices together", () => {
    const other = { series: "system.network.io|eth1|receive" };
    expect(rates([point(100, 0), point(50, 0, other), point(1_100, 10), point(550, 10, other)])).toEqual([
      1_200,
    ]);
  });

  it("go on from what was kept before", () => {
    const { after } = applyCounters({}, [point(100, 0)], defaultMetricMap);
    expect(rates([point(200, 1)], JSON.parse(JSON.stringify(after)))).toEqual([800]);
  });

  it("leave out a counter that began anew", () => {
    expect(rates([point(1_000, 0), point(10, 10), point(20, 20)])).toEqual([8]);
    expect(rates([point(1_000, 0), point(2_000, 10, { startMs: 60_000 })])).toEqual([]);
  });

  it("count a growth once, in whatever order points come and however often", () => {
    const points = [0, 1, 2, 3, 4].map((second) => point(second * 100, second));
    fc.assert(
      fc.property(fc.shuffledSubarray([...points, ...points], { minLength: 10 }), (shuffled) => {
        expect(rates(shuffled)).toEqual([800, 800, 800, 800]);
      }),
    );
  });

  it("say nothing of a latency when nothing was read", () => {
    const read = (part: CounterPoint["part"], value: number, seconds: number) =>
      point(value, seconds, { gauge: "disk_read_ms", part, series: `${part}|sda|read` });
    expect(
      rates([read("dividend", 1, 0), read("divisor", 7, 0), read("dividend", 1, 10), read("divisor", 7, 10)]),
    ).toEqual([]);
    expect(
      rates([read("dividend", 1, 0), read("divisor", 7, 0), read("dividend", 2, 10), read("divisor", 9, 10)]),
    ).toEqual([500]);
  });
});

it("lets a setting replace single rules, and nothing when it is not understood", () => {
  const own = [{ take: "level", metric: "node.cpu", reduce: "mean" }];
  expect(toMetricMap({ cpu: own })).toEqual({ ...defaultMetricMap, cpu: own });
  expect(toMetricMap({ cpu: "node.cpu" })).toEqual(defaultMetricMap);
});

function aResource(attributes: Record<string, string>, atMs = Date.UTC(2026, 10, 23)): OtlpResource {
  const points = [{ attributes: {}, startMs: 0, atMs, value: 1 }];
  return { attributes, metrics: [{ name: "m", isCounter: false, points }] };
}
