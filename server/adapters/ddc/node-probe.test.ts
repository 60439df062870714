import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { ProbeTarget } from "../../ports/node-probe.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { nodeCertificate } from "../../testing/node-certificate.ts";
import { type NodeProbeOptions, openNodeProbe } from "./node-probe.ts";

type Listening = AsyncDisposable & { port: number; asked: string[] };

async function listen(server: Server | TcpServer, address = "127.0.0.1"): Promise<Listening> {
  const asked: string[] = [];
  server.on("request", (request: { url: string; headers: { host?: string } }) =>
    asked.push(`${request.headers.host} ${request.url}`),
  );
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  return {
    asked,
    port: typeof bound === "object" && bound !== null ? bound.port : 0,
    [Symbol.asyncDispose]: async () => {
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const aNode = (answer: RequestListener, address?: string) => listen(createHttpServer(answer), address);
const answering =
  (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const never = new AbortController().signal;
const targetAt = (port: number, parts: Partial<ProbeTarget> = {}): ProbeTarget => ({
  host: "127.0.0.1",
  domain: null,
  ssl: false,
  httpPort: port,
  ...parts,
});
const local: NodeProbeOptions = { allow: ["127.0.0.0/8"] };

describe("openNodeProbe", () => {
  it("asks GET /info and gives what the node says of itself", async () => {
    await using node = await aNode(answering('{"version":"1.15.0"}'));
    const result = await openNodeProbe(local).probe(targetAt(node.port), never);
    expect(result).toMatchObject({ kind: "answered", httpStatus: 200, info: { version: "1.15.0" } });
    expect(node.asked).toEqual([`127.0.0.1:${node.port} /info`]);
  });

  it("takes an answer that is not JSON for an answer, with nothing in it", async () => {
    await using node = await aNode(answering("<html>hello</html>"));
    expect(await openNodeProbe(local).probe(targetAt(node.port), never)).toMatchObject({
      kind: "answered",
      info: null,
    });
  });

  it("tells how far the node's clock is ahead", async () => {
    const clock = fakeClock("2026-11-23T12:00:00.000Z");
    await using node = await aNode(answering("{}", 200, { date: "Mon, 23 Nov 2026 12:00:30 GMT" }));
    const result = await openNodeProbe({ ...local, clock }).probe(targetAt(node.port), never);
    const skewMs = result.kind === "answered" ? result.clockSkewMs : null;
    expect(Math.abs((skewMs ?? 0) - 30_000)).toBeLessThan(5_000);
  });

  it("gives up on a node that takes a connection and says nothing", async () => {
    await using node = await aNode(() => {});
    expect(await openNodeProbe({ ...local, timeoutMs: 50 }).probe(targetAt(node.port), never)).toMatchObject({
      kind: "failed",
      reason: "timeout",
    });
  });

  it("gives up on a node that dribbles its answer", async () => {
    await using node = await aNode((_, response) => {
      response.writeHead(200).write("{");
    });
    expect(await openNodeProbe({ ...local, timeoutMs: 50 }).probe(targetAt(node.port), never)).toMatchObject({
      reason: "timeout",
    });
  });

  it("stops reading a huge answer", async () => {
    await using node = await aNode(answering("x".repeat(1_000_000)));
    expect(await openNodeProbe(local).probe(targetAt(node.port), never)).toMatchObject({
      kind: "failed",
      reason: "invalid",
      detail: "Its answer is longer than 64 KiB.",
    });
  });

  it("follows no redirect", async () => {
    await using secret = await aNode(answering("{}"));
    await using node = await aNode(
      answering("", 302, { location: `http://127.0.0.1:${secret.port}/latest/meta-data` }),
    );
    expect(await openNodeProbe(local).probe(targetAt(node.port), never)).toMatchObject({
      reason: "invalid",
      httpStatus: 302,
    });
    expect(secret.asked).toEqual([]);
  });

  it("takes an error status for a failure and keeps the status", async () => {
    await using node = await aNode(answering("{}", 503));
    expect(await openNodeProbe(local).probe(targetAt(node.port), never)).toMatchObject({
      kind: "failed",
      httpStatus: 503,
    });
  });

  it("says that nothing listens, or that what listens is no HTTP server", async () => {
    await using other = await listen(createTcpServer((socket) => socket.resume().end("SSH-2.0-OpenSSH\r\n")));
    const probe = openNodeProbe(local);
    expect(await probe.probe(targetAt(1), never)).toMatchObject({ reason: "refused" });
    expect(await probe.probe(targetAt(other.port), never)).toMatchObject({ reason: "invalid" });
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "172.31.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "fe80::1",
    "fd00:ec2::254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ])("does not go to %s", async (host) => {
    const result = await openNodeProbe({ allow: [] }).probe(targetAt(80, { host }), never);
    expect(result).toMatchObject({ kind: "failed", reason: "blocked" });
  });

  it("does not go to a private address that a public name leads to", async () => {
    await using node = await aNode(answering("{}"));
    const resolve = async () => ["127.0.0.1"];
    const target = targetAt(node.port, { host: "s07.example" });
    expect(await openNodeProbe({ allow: [], resolve }).probe(target, never)).toMatchObject({
      reason: "blocked",
    });
    expect(node.asked).toEqual([]);
  });

  it("goes there when the name itself is allowed", async () => {
    await using node = await aNode(answering("{}"));
    const resolve = async () => ["127.0.0.1"];
    const target = targetAt(node.port, { host: "S07.example" });
    expect(await openNodeProbe({ allow: ["s07.example"], resolve }).probe(target, never)).toMatchObject({
      kind: "answered",
    });
  });

  it("connects to the address it judged, whatever the name leads to a moment later", async () => {
    await using node = await aNode(answering('{"who":"node"}'), "127.0.0.1");
    const answers = [["127.0.0.1"], ["127.0.0.2"]];
    let lookups = 0;
    const resolve = async () => answers[lookups++] ?? [];
    const probe = openNodeProbe({ allow: ["127.0.0.1/32"], resolve });
    const result = await probe.probe(targetAt(node.port, { host: "rebinding.example" }), never);
    expect(result).toMatchObject({ kind: "answered", info: { who: "node" } });
    expect(lookups).toBe(1);
    expect(node.asked).toEqual([`rebinding.example:${node.port} /info`]);
  });

  it.each(["evil.example/path", "user@evil.example", "a b", "http://evil.example", "", "a\r\nhost: b"])(
    "refuses the registered address %j",
    async (host) => {
      const resolve = async () => ["127.0.0.1"];
      expect(await openNodeProbe({ ...local, resolve }).probe(targetAt(80, { host }), never)).toMatchObject({
        reason: "invalid",
      });
    },
  );

  it("says that a name does not resolve", async () => {
    const resolve = async () => Promise.reject(Object.assign(new Error("none"), { code: "ENOTFOUND" }));
    const target = targetAt(80, { host: "nowhere.example" });
    expect(await openNodeProbe({ ...local, resolve }).probe(target, never)).toMatchObject({
      reason: "unresolved",
    });
  });

  it("can be cancelled", async () => {
    await using node = await aNode(() => {});
    const stop = new AbortController();
    const probing = openNodeProbe(local).probe(targetAt(node.port), stop.signal);
    stop.abort(new Error("no longer needed"));
    await expect(probing).rejects.toThrow("no longer needed");
  });
});

describe("openNodeProbe over TLS", () => {
  const resolve = async () => ["127.0.0.1"];
  const tlsNode = () => listen(createHttpsServer(nodeCertificate, answering('{"version":"2"}')));
  const over = (port: number, ca?: string): NodeProbeOptions => ({
    ...local,
    resolve,
    tls: { port, ...(ca === undefined ? {} : { ca }) },
  });

  it("trusts a certificate of the registered domain", async () => {
    await using node = await tlsNode();
    const target = targetAt(1, { domain: "node.test", ssl: true });
    expect(await openNodeProbe(over(node.port, nodeCertificate.cert)).probe(target, never)).toMatchObject({
      kind: "answered",
      info: { version: "2" },
    });
  });

  it("does not trust one that nobody vouches for", async () => {
    await using node = await tlsNode();
    const target = targetAt(1, { domain: "node.test", ssl: true });
    expect(await openNodeProbe(over(node.port)).probe(target, never)).toMatchObject({ reason: "tls" });
  });

  it("does not trust one of another name", async () => {
    await using node = await tlsNode();
    for (const domain of ["other.test", null])
      expect(
        await openNodeProbe(over(node.port, nodeCertificate.cert)).probe(
          targetAt(1, { domain, ssl: true }),
          never,
        ),
      ).toMatchObject({ reason: "tls" });
  });
});
