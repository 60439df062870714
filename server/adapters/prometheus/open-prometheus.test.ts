import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { openOutbound } from "../http/open-outbound.ts";
import { openPrometheus } from "./open-prometheus.ts";

const at = new Date("2026-11-23T12:00:00.500Z");
const minute = { expression: "up", start: at, end: new Date(at.getTime() + 60_000), stepMs: 1_500 };

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

async function aServer(answer: Answer, path = "") {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const prometheus = openPrometheus({
    url: new URL(`http://reader:s%20cret@127.0.0.1:${port}${path}`),
    outbound: openOutbound({ allow: ["127.0.0.1"] }),
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { prometheus, host: `127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

const success = (data: object) => JSON.stringify({ status: "success", data });

describe("a Prometheus", () => {
  it("is asked by POST, with its name and password, for steps in seconds", async () => {
    const heard: string[] = [];
    const answer: Answer = async (request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization}`, await text(request));
      response.end(success({ resultType: "matrix", result: [] }));
    };
    await using server = await aServer(answer, "/base/");
    expect(await server.prometheus.queryRange(minute)).toEqual([]);
    const [line, body] = heard;
    expect(line).toBe(
      `POST /base/api/v1/query_range Basic ${Buffer.from("reader:s cret").toString("base64")}`,
    );
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      query: "up",
      start: "2026-11-23T12:00:00.500Z",
      end: "2026-11-23T12:01:00.500Z",
      step: "1.5",
      timeout: "7000ms",
    });
  });

  it("answers with numbers, and with nothing where it has none", async () => {
    const values = [
      [1_795_435_200, "0.25"],
      [1_795_435_201.5, "NaN"],
      [1_795_435_203, "+Inf"],
      [1_795_435_204.5, "-Inf"],
      [1_795_435_206, "1e3"],
    ];
    await using server = await aServer((_, response) =>
      response.end(success({ resultType: "matrix", result: [{ metric: { reading: "cpu" }, values }] })),
    );
    const [series] = await server.prometheus.queryRange(minute);
    expect(series?.labels).toEqual({ reading: "cpu" });
    expect(series?.points.map(({ value }) => value)).toEqual([0.25, null, null, null, 1_000]);
    expect(series?.points[1]?.at).toEqual(new Date(1_795_435_201_500));
  });

  it("answers for one moment", async () => {
    const result = [{ metric: {}, value: [1_795_435_200, "1"] }];
    await using server = await aServer((_, response) =>
      response.end(success({ resultType: "vector", result })),
    );
    expect(await server.prometheus.query({ expression: "up", at })).toEqual([
      { labels: {}, points: [{ at: new Date(1_795_435_200_000), value: 1 }] },
    ]);
  });

  it.each([
    [
      422,
      JSON.stringify({ status: "error", errorType: "execution", error: "too many samples" }),
      "too many samples",
    ],
    [502, "<html>bad gateway</html>", "Is PROMETHEUS_URL the address of a Prometheus?"],
    [200, "<html>hello</html>", "a form that Prometheus's API v1 has not"],
    [200, success({ resultType: "scalar", result: [1, "1"] }), "a form that Prometheus's API v1 has not"],
    [200, `{"status":"success","pad":"${"x".repeat(4 * 1024 * 1024)}"}`, "or more than is read"],
  ])("that answers %i with something else says what it was", async (status, body, words) => {
    await using server = await aServer((_, response) => {
      response.statusCode = status;
      response.end(body);
    });
    const failure: unknown = await server.prometheus
      .query({ expression: "up", at })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "upstream", message: expect.stringContaining(words) });
    expect(String(failure)).toContain(`Prometheus at ${server.host} answered`);
  });

  it("that hangs is given up when whoever asks is gone", async () => {
    await using server = await aServer(() => {});
    const cancel = new AbortController();
    const asked = server.prometheus.queryRange(minute, cancel.signal);
    cancel.abort();
    await expect(asked).rejects.toMatchObject({ code: "upstream" });
  });
});
