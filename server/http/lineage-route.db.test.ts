import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertToken } from "../testing/insert-token.ts";
import { buildConsoleServer } from "./console-server.ts";
import { lineageRoute } from "./lineage-route.ts";

const fixtures = new URL("../features/lineage/fixtures/", import.meta.url);

it("takes what the client sends, plain and packed, once", async () => {
  await using db = await testDatabase();
  await using door = await openDoor(db);
  for (const body of bodiesOf("http")) expect((await door.post(body)).status).toBe(201);
  for (const body of bodiesOf("http-gzip"))
    expect((await door.post(body, { "content-encoding": "gzip" })).status).toBe(200);
  expect(await db.sql("SELECT count(*) AS n, min(topic) AS topic FROM lineage_event")).toEqual([
    { n: "9", topic: null },
  ]);
  expect(await db.sql("SELECT DISTINCT network FROM lineage_node")).toEqual([{ network: 3 }]);
});

it("points to the field that is wrong, and stores nothing", async () => {
  await using db = await testDatabase();
  await using door = await openDoor(db);
  const [body = Buffer.of()] = bodiesOf("http");
  const answer = await door.post(
    Buffer.from(body.toString().replace('"namespace": "kafka', '"nospace": "kafka')),
  );
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    status: 400,
    detail: "/inputs/1/namespace is missing",
    errors: [{ pointer: "#/inputs/1/namespace" }],
  });
  expect((await door.post(Buffer.from("{}"), { "content-type": "text/plain" })).status).toBe(400);
  expect(await db.sql("SELECT count(*) AS n FROM lineage_node")).toEqual([{ n: "0" }]);
});

function bodiesOf(way: string): Buffer<ArrayBuffer>[] {
  const directory = new URL(`${way}/`, fixtures);
  return readdirSync(directory).map((file) => readFileSync(new URL(file, directory)));
}

async function openDoor(db: TestDatabase) {
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  door.open([lineageRoute(buildTokenGate({ db, clock: systemClock }), { db, clock: systemClock })]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}/api/v1/lineage`;
  const { secret } = await insertToken(db, { clock: systemClock, scopes: ["lineage:write"] });
  return {
    post: (body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}) =>
      fetch(address, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", authorization: `Bearer ${secret}`, ...headers },
      }),
    [Symbol.asyncDispose]: () => door.stop(),
  };
}
