import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { expect, it, vi } from "vitest";
import { type ContentStoreOptions, openContentStore } from "../adapters/ddc/open-content-store.ts";
import { buildMetrics } from "../adapters/metrics/build-metrics.ts";
import { buildSessions } from "../features/identity/build-sessions.ts";
import { buildTokenGate } from "../features/tokens/token-gate.ts";
import { openBlake3 } from "../kernel/cid/blake3.ts";
import { cidOf } from "../kernel/cid/cid.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Logger } from "../ports/logger.ts";
import { aDeps } from "../testing/a-deps.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { insertPerson } from "../testing/insert-person.ts";
import { anIssuer, signedInHeaders } from "../testing/sign-in-person.ts";
import { buildConsoleServer } from "./console-server.ts";
import { contentRoute, replicasRoute } from "./content-route.ts";

const content = Buffer.from("The bytes of a piece.");
const token = "3yZe7dSecretTokenFromABucket";
const local = ["127.0.0.0/8"];

async function cidOfBytes(bytes: Uint8Array): Promise<string> {
  const hasher = await openBlake3();
  hasher.update(bytes);
  return cidOf("raw-piece", hasher.digest()).text;
}
const cid = await cidOfBytes(content);
const path = `/api/content/mainnet/7/${cid}`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A storage node that answers whatever it likes, and what it was asked. */
async function aNode(answer: Answer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  return {
    port,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function register(db: TestDatabase, httpPort: number, host = "127.0.0.1"): Promise<void> {
  const registered = {
    host,
    domain: null,
    ssl: false,
    httpPort,
    grpcPort: 1,
    p2pPort: 1,
    mode: "Full",
    clusterId: null,
  };
  await db.sql(
    "INSERT INTO ddc_node (network, node_key, registered) VALUES (3, '0x' || lpad($1, 64, '0'), $2)",
    [String(httpPort), registered],
  );
}

/** The console's door for a signed-in viewer, and everything that it wrote to its log. */
async function openDoor(db: TestDatabase, store: ContentStoreOptions = { allow: local }) {
  const lines: string[] = [];
  const write = (fields: object, message: string) =>
    void lines.push(
      `${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? `${value.stack}` : value))}`,
    );
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
  const issuer = anIssuer(db);
  const person = await insertPerson(db, {
    grants: [{ role: "viewer", network: "mainnet", environment: null }],
  });
  const cookie = (await signedInHeaders(db, { email: person.email, issuer })).get("cookie") ?? "";
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log,
    metrics: buildMetrics({}),
  });
  const around = {
    db,
    deps: aDeps({ contentStore: openContentStore(store) }),
    sessions: buildSessions({ db, clock: systemClock, issuer }),
    tokens: buildTokenGate({ db, clock: systemClock }),
    clock: systemClock,
  };
  door.open([contentRoute(around), replicasRoute(around)]);
  const address = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}`;
  return {
    lines,
    get: (at: string, headers: Record<string, string> = {}) =>
      fetch(`${address}${at}`, { headers: { cookie, ...headers }, redirect: "manual" }),
    [Symbol.asyncDispose]: () => door.stop(),
  };
}

const whole: Answer = (request, response) => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  if (from === undefined) return void response.end(content);
  response.writeHead(206, { "content-range": `bytes ${from}-${to}/${content.length}` });
  response.end(content.subarray(Number(from), Number(to) + 1));
};

it("passes a token to the node, and writes it nowhere", async () => {
  await using db = await testDatabase();
  await using node = await aNode((request, response) => {
    if (!request.url?.includes(token)) response.statusCode = 401;
    response.end(content);
  });
  await register(db, node.port);
  await using door = await openDoor(db);
  const answer = await door.get(path, { "x-ddc-token": token });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(content);
  expect(node.asked).toEqual([`/7/${cid}?token=${token}`]);
  const refused = await door.get(path, { "x-ddc-token": "Another1TokenThatNobodyTakes" });
  const said = [
    await refused.text(),
    ...[answer, refused].map(({ headers }) => JSON.stringify([...headers])),
  ];
  expect(refused.status).toBe(403);
  expect(await db.sql("SELECT FROM node_verification")).toEqual([]);
  for (const text of [...said, ...door.lines]) expect(text).not.toMatch(/SecretToken|NobodyTakes/);
});

it("gives a part where a part is asked for, and refuses a node that answers with something else", async () => {
  await using db = await testDatabase();
  await using node = await aNode(whole);
  await register(db, node.port);
  await using door = await openDoor(db);
  const part = await door.get(path, { range: "bytes=4-8" });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
    206,
    `bytes 4-8/${content.length}`,
    "bytes",
  ]);
  for (const range of ["bytes=5-2", "bytes=0-", "lines=1-2"])
    expect((await door.get(path, { range })).status).toBe(200);
  await using deaf = await aNode((_, response) => void response.end(content));
  await db.sql("DELETE FROM ddc_node");
  await register(db, deaf.port);
  expect((await door.get(path, { range: "bytes=4-8" })).status).toBe(502);
});

it.each([301, 302, 307, 308])("does not follow a node's redirect (%i)", async (status) => {
  await using db = await testDatabase();
  await using secret = await aNode((_, response) => void response.end("inside"));
  await using node = await aNode((_, response) => {
    response.writeHead(status, { location: `http://127.0.0.1:${secret.port}/` });
    response.end();
  });
  await register(db, node.port);
  await using door = await openDoor(db);
  const answer = await door.get(path);
  expect([answer.status, answer.headers.get("location")]).toEqual([502, null]);
  expect(await answer.text()).toContain("redirect");
  expect(secret.asked).toEqual([]);
});

it.each([
  ["a private address", "127.0.0.1"],
  ["the machine's own metadata", "169.254.169.254"],
  ["an address inside an address", "::ffff:127.0.0.1"],
  ["a number that is an address", "2130706433"],
])("connects to nobody when the chain registers %s", async (_, host) => {
  await using db = await testDatabase();
  await using node = await aNode(whole);
  await register(db, node.port, host);
  await using door = await openDoor(db, { allow: [], resolve: async () => ["127.0.0.1"] });
  expect((await door.get(path)).status).toBe(502);
  const lines = (await (await door.get(path.replace("content", "replicas"))).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === "replica")?.replica).toMatchObject(
    {
      verdict: "unreachable",
      why: "blocked",
    },
  );
  expect(node.asked).toEqual([]);
});

it("looks a name up once: what it leads to a moment later changes nothing", async () => {
  await using db = await testDatabase();
  await using node = await aNode(whole);
  await register(db, node.port, "node.example");
  const answers = [["127.0.0.1"], ["10.0.0.1"]];
  await using door = await openDoor(db, { allow: local, resolve: async () => answers.shift() ?? [] });
  expect((await door.get(path)).status).toBe(200);
  expect(node.asked).toHaveLength(1);
  expect((await door.get(path)).status).toBe(502);
  expect(node.asked).toHaveLength(1);
});

it("breaks off what a node breaks off, so that a part never looks like the whole", async () => {
  await using db = await testDatabase();
  await using node = await aNode((_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 5));
    setTimeout(() => response.destroy(), 50);
  });
  await register(db, node.port);
  await using door = await openDoor(db);
  await expect(door.get(path).then((answer) => answer.arrayBuffer())).rejects.toThrow();
});

it.each([
  ["a page", "<!doctype html><script>alert(1)</script>"],
  ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ["a document", "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"],
])("never serves %s so that it could run", async (_, text) => {
  await using db = await testDatabase();
  await using node = await aNode((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(text);
  });
  await register(db, node.port);
  await using door = await openDoor(db);
  const { headers } = await door.get(`${path}?inline=1`);
  expect(headers.get("content-type")).toBe("application/octet-stream");
  expect(headers.get("content-disposition")).toMatch(/^attachment/);
  expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'; frame-ancestors 'self'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

it("asks no node for somebody who may not, or for what is no CID", async () => {
  await using db = await testDatabase();
  await using node = await aNode(whole);
  await register(db, node.port);
  await using door = await openDoor(db);
  expect((await door.get(path, { cookie: "" })).status).toBe(401);
  expect((await door.get(path.replace("mainnet", "testnet"))).status).toBe(403);
  const wrong = await door.get(path.replace(cid, `${cid.slice(0, 20)}1${cid.slice(21)}`));
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("(character 21)")]);
  expect((await door.get(path.replace("/7/", "/18446744073709551616/"))).status).toBe(400);
  expect((await door.get(path, { "x-ddc-token": "not base58!" })).status).toBe(400);
  expect(node.asked).toEqual([]);
});

it("takes no more of a gibibyte from the node than its reader takes, and lets the node go with the reader", async () => {
  await using db = await testDatabase();
  const chunk = Buffer.alloc(64 * 1024, 7);
  let sent = 0;
  const left = Promise.withResolvers<void>();
  await using node = await aNode(async (_, response) => {
    response.once("close", () => left.resolve());
    response.writeHead(200, { "content-length": 2 ** 30 });
    for (; !response.destroyed && sent < 2 ** 30; sent += chunk.length)
      if (!response.write(chunk)) await once(response, "drain").catch(() => {});
  });
  await register(db, node.port);
  await using door = await openDoor(db);
  const reader = (await door.get(path)).body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  let before = -1;
  await vi.waitUntil(
    () => {
      const isResting = before === sent;
      before = sent;
      return isResting;
    },
    { interval: 300, timeout: 60_000 },
  );
  expect(sent).toBeLessThan(64 * 2 ** 20);
  await reader?.cancel();
  await left.promise;
}, 120_000);
