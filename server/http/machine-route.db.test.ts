import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { systemClock } from "../kernel/clock.ts";
import { conflict } from "../kernel/errors.ts";
import { silentLogger } from "../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertToken } from "../testing/insert-token.ts";
import { buildConsoleServer } from "./console-server.ts";
import { type MachineCall, machineRoute } from "./machine-route.ts";

const maxBodyBytes = 1_000;

describe("a machine endpoint", () => {
  it("hands over who sends and what, plain, packed or in chunks", async () => {
    await using db = await testDatabase();
    await using machine = await openMachine(db);
    const plain = await machine.post("hello", {});
    expect([plain.status, await plain.json()]).toEqual([202, { actor: "a machine", size: 5 }]);
    const packed = await machine.post(gzipSync("hello again"), { "content-encoding": "gzip" });
    expect(await packed.json()).toEqual({ actor: "a machine", size: 11 });
    const chunked = await machine.post(new Blob(["in ", "chunks"]).stream(), {});
    expect(await chunked.json()).toEqual({ actor: "a machine", size: 9 });
    expect(machine.seen.map(({ contentType }) => contentType)).toEqual(Array(3).fill("application/json"));
  });

  it("asks for a token of its own scope before it reads anything", async () => {
    await using db = await testDatabase();
    await using machine = await openMachine(db);
    const without = await machine.post("x", { authorization: "" });
    expect(without.status).toBe(401);
    expect(without.headers.get("www-authenticate")).toBe('Bearer realm="console"');
    expect(without.headers.get("content-type")).toBe("application/problem+json");
    const { secret } = await insertToken(db, { clock: systemClock, scopes: ["otlp:write", "read"] });
    const other = await machine.post("x", { authorization: `Bearer ${secret}` });
    expect([other.status, await other.json()]).toEqual([
      403,
      expect.objectContaining({ status: 403, detail: expect.stringContaining("this needs lineage:write") }),
    ]);
    expect(machine.seen).toEqual([]);
  });

  it.each([
    ["a body beyond the limit", "x".repeat(1_001), {}, 413],
    ["a chunked body beyond it", new Blob(["x".repeat(1_001)]), {}, 413],
    [
      "a small body that unpacks beyond it",
      gzipSync("x".repeat(100_000)),
      { "content-encoding": "gzip" },
      413,
    ],
    ["what is no gzip", "plain", { "content-encoding": "gzip" }, 400],
    ["an encoding nobody reads", "x", { "content-encoding": "br" }, 400],
  ])("refuses %s", async (_what, body, headers, status) => {
    await using db = await testDatabase();
    await using machine = await openMachine(db);
    const answer = await machine.post(body instanceof Blob ? body.stream() : body, headers);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ status })]);
    expect(machine.seen).toEqual([]);
  });

  it("tells what its verb refuses, and says which method it takes", async () => {
    await using db = await testDatabase();
    await using machine = await openMachine(db);
    const refused = await machine.post("conflict", {});
    expect([refused.status, await refused.json()]).toMatchObject([409, { detail: "Somebody was first." }]);
    const get = await fetch(machine.address);
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

async function openMachine(db: TestDatabase) {
  const seen: MachineCall[] = [];
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  const route = machineRoute(buildTokenGate({ db, clock: systemClock }), {
    path: "/api/v1/lineage",
    method: "POST",
    scope: "lineage:write",
    maxBodyBytes,
    handle: async (call) => {
      if (call.body.toString() === "conflict") throw conflict("Somebody was first.");
      seen.push(call);
      return { status: 202, body: { actor: call.actor.name, size: call.body.length } };
    },
  });
  door.open([route]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}/api/v1/lineage`;
  const { secret } = await insertToken(db, { clock: systemClock, scopes: ["lineage:write"] });
  return {
    address,
    seen,
    post: (body: string | Buffer<ArrayBuffer> | ReadableStream, headers: Record<string, string>) =>
      fetch(address, {
        method: "POST",
        body,
        ...(body instanceof ReadableStream ? { duplex: "half" as const } : {}),
        headers: {
          "content-type": "application/json; charset=utf-8",
          authorization: `Bearer ${secret}`,
          ...headers,
        },
      }),
    [Symbol.asyncDispose]: () => door.stop(),
  };
}
