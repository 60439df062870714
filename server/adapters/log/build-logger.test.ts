import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { upstream } from "../../kernel/errors.ts";
import { buildLogger } from "./build-logger.ts";

it("writes one JSON object a line with level, time, base fields and the child's fields", () => {
  const { lines, log } = capture();
  log.child({ requestId: "r-1" }).info({ status: 200 }, "answered");
  expect(lines).toEqual([
    expect.objectContaining({
      level: "info",
      role: "web",
      requestId: "r-1",
      status: 200,
      message: "answered",
    }),
  ]);
  expect(lines[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

it("hides secrets by name, in query strings and in connection strings, however deep", () => {
  const { text, log } = capture();
  log.warn(
    {
      headers: { authorization: "Bearer hunter2", cookie: "session=hunter2", accept: "text/html" },
      url: "/live?token=hunter2&EIO=4",
      input: [{ user: { password: "hunter2" } }],
      err: upstream("PostgreSQL", new Error("cannot reach postgres://console:hunter2@db/console")),
    },
    "refused",
  );
  expect(text()).not.toContain("hunter2");
  expect(text()).toContain("text/html");
  expect(text()).toContain("EIO=4");
});

it("keeps what an error says, its code and its cause", () => {
  const { lines, log } = capture();
  log.error({ err: upstream("Kafka", new Error("connect ECONNREFUSED")) }, "failed");
  expect(lines[0]?.err).toMatchObject({
    code: "upstream",
    message: expect.stringContaining("Kafka"),
    cause: { message: "connect ECONNREFUSED" },
  });
});

it("hands every logged error to error tracking", () => {
  const heard: unknown[] = [];
  const { log } = capture((error) => heard.push(error));
  const error = new Error("broken");
  log.child({ part: "hub" }).error({ err: error }, "failed");
  log.error({ reason: "no error object" }, "failed");
  expect(heard).toEqual([error]);
});

function capture(onError?: (error: unknown) => void) {
  const chunks: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const log = buildLogger({ level: "info", base: { role: "web" }, destination, ...(onError && { onError }) });
  return { log, lines, text: () => chunks.join("") };
}
