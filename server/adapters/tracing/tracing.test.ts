import { once } from "node:events";
import { createServer } from "node:http";
import { json, text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { withSpan } from "../../kernel/with-span.ts";
import { startErrorReports } from "./start-error-reports.ts";
import { startTracing } from "./start-tracing.ts";

it("sends our spans by OTLP, with what failed marked as failed", async () => {
  await using collector = await collect((request) => json(request));
  const tracing = await startTracing({
    endpoint: collector.address,
    serviceName: "console-web",
    version: "1",
  });
  await withSpan("outer", { records: 3 }, async () => {
    await withSpan("inner", {}, () => Promise.reject(new Error("broken"))).catch(() => {});
  });
  await tracing.stop();
  const sent = JSON.stringify(collector.received);
  expect(collector.paths).toEqual(["/v1/traces"]);
  expect(sent).toContain('"name":"outer"');
  expect(sent).toContain('"stringValue":"console-web"');
  expect(sent).toMatch(/"name":"inner".*"name":"exception".*"status":\{"code":2\}/);
});

it("sends errors to a Sentry server without secrets", async () => {
  await using collector = await collect((request) => text(request));
  const dsn = `http://key@${new URL(collector.address).host}/1`;
  const reports = await startErrorReports({ dsn, environment: "test", release: "1.2.3" });
  const error = new Error("cannot reach postgres://console:hunter2@db/console");
  reports.report(error, { requestId: "r-1", headers: { cookie: "session=hunter2" } });
  await reports.stop();
  const sent = collector.received.join("");
  expect(sent).toContain("cannot reach postgres://[hidden]@db/console");
  expect(sent).toContain("r-1");
  expect(sent).toContain("tracing.test.ts");
  expect(sent).not.toContain("hunter2");
});

async function collect(read: (request: NodeJS.ReadableStream) => Promise<unknown>) {
  const received: unknown[] = [];
  const paths: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    paths.push(request.url);
    received.push(await read(request));
    response.setHeader("content-type", "application/json").end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    paths,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
