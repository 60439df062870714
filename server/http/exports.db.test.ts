import { expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import {
  insertNode,
  insertReading,
  insertRollup,
  makeRoom,
  testSelf,
} from "../features/nodes/testing/insert-node.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { aDeps } from "../testing/a-deps.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { anIssuer, signedInHeaders } from "../testing/sign-in-person.ts";
import { buildConsoleServer } from "./console-server.ts";
import { exportRoute } from "./exports.ts";

const minuteMs = 60_000;

it("writes the nodes of a filter, in its order, as CSV and JSON", async () => {
  await using db = await testDatabase();
  await using exports = await openExports(db);
  const now = new Date();
  for (const [name, cpu] of [
    ["fsn1-s01", 0.2],
    ["fsn1-s02", 0.4],
    ["ash1-s01", 0.9],
  ] as const) {
    const node = await insertNode(db, {
      host: `${name}.example`,
      reported: { "host.name": name },
      reportedAt: now,
    });
    await insertReading(db, node, { at: now, gauges: { cpu, clock_skew_ms: -12 } });
  }
  const csv = await exports.get("/api/exports/nodes.csv?network=mainnet&text=fsn1&sort=-cpu");
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("content-disposition")).toMatch(
    /^attachment; filename="nodes-mainnet-\d{8}T\d{6}Z\.csv"$/,
  );
  expect(csv.headers.get("x-row-limit")).toBe("1000000");
  const [head, ...rows] = (await csv.text()).trimEnd().split("\n").map(cellsOf);
  const column = (name: string) => rows.map((row) => row[head?.indexOf(name) ?? -1]);
  expect([column("name"), column("cpu_ratio"), column("clock_skew_ms"), column("latency_p99_ms")]).toEqual([
    ["fsn1-s02", "fsn1-s01"],
    ["0.4", "0.2"],
    ["-12", "-12"],
    ["", ""],
  ]);
  const json = await (
    await exports.get("/api/exports/nodes.json?network=mainnet&status=online,silent")
  ).json();
  expect(json).toMatchObject({ count: 3, limit: 1_000_000, isCut: false });
  expect(json.rows[0]).toMatchObject({ status: "online", latency_p99_ms: null });
});

it("quotes a name that a spreadsheet would run", async () => {
  await using db = await testDatabase();
  await using exports = await openExports(db);
  await insertNode(db, { reported: { "host.name": "=HYPERLINK(1)" } });
  const text = await (await exports.get("/api/exports/nodes.csv?network=mainnet")).text();
  expect(text).toContain(",'=HYPERLINK(1),");
});

it("writes the lines of a node over a range, gaps left empty", async () => {
  await using db = await testDatabase();
  await using exports = await openExports(db);
  const node = await insertNode(db);
  const at = new Date(Math.floor(Date.now() / minuteMs) * minuteMs - 10 * minuteMs);
  await insertRollup(db, node, { at, requests: [{ operation: 1, count: 120 }] });
  const query = new URLSearchParams({ network: "mainnet", key: node.key, from: "now-1h" });
  const { rows } = await (await exports.get(`/api/exports/node-series.json?${query}`)).json();
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(rows.filter((row: Record<string, unknown>) => row.get_per_second !== null)).toEqual([
    expect.objectContaining({ at: at.toISOString(), is_complete: true, get_per_second: 2, cpu_ratio: null }),
  ]);
  const csv = await (await exports.get(`/api/exports/node-series.csv?${query}`)).text();
  expect(csv.split("\n")[0]).toContain("at,is_complete,put_per_second,get_per_second");
});

it("says what is wrong with a request", async () => {
  await using db = await testDatabase();
  await using exports = await openExports(db, { network: "testnet" });
  const answers = async (path: string) => {
    const response = await exports.get(path);
    return [response.status, (await response.json()).detail];
  };
  expect(await answers("/api/exports/nodes.csv?network=mainnet")).toEqual([
    403,
    expect.stringContaining("role viewer"),
  ]);
  expect(await answers("/api/exports/nodes.csv?network=nowhere")).toEqual([
    400,
    expect.stringContaining("network"),
  ]);
  expect(await answers("/api/exports/nodes.csv?network=testnet&sort=size")).toEqual([
    400,
    expect.stringContaining("sort.0.by"),
  ]);
  expect(await answers("/api/exports/nodes.xml?network=testnet")).toEqual([
    404,
    expect.stringContaining("nodes.xml"),
  ]);
  expect(await answers("/api/exports/constructor.csv?network=testnet")).toEqual([404, expect.anything()]);
  const key = `0x${"ab".repeat(32)}`;
  expect(await answers(`/api/exports/node-series.csv?network=testnet&key=${key}`)).toEqual([
    404,
    expect.stringContaining(key),
  ]);
  expect((await fetch(`${exports.address}/api/exports/nodes.csv?network=testnet`)).status).toBe(401);
});

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
}

async function openExports(db: TestDatabase, { network = null }: { network?: "testnet" | null } = {}) {
  await makeRoom(db);
  const issuer = anIssuer(db);
  const person = await insertPerson(
    db,
    network ? { grants: [{ role: "viewer", network, environment: null }] } : {},
  );
  const cookie = (await signedInHeaders(db, { email: person.email, issuer })).get("cookie") ?? "";
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  const sessions = buildSessions({ db, clock: systemClock, issuer });
  door.open([
    exportRoute({
      db,
      deps: aDeps({ self: testSelf }),
      sessions,
      tokens: buildTokenGate({ db, clock: systemClock }),
      clock: systemClock,
    }),
  ]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}`;
  return {
    address,
    get: (path: string) => fetch(`${address}${path}`, { headers: { cookie } }),
    [Symbol.asyncDispose]: () => door.stop(),
  };
}
