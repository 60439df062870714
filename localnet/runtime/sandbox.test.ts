import { expect, it } from "vitest";
import { Sandbox } from "./sandbox.ts";

const limits = { timeoutMs: 100, memoryBytes: 16 * 2 ** 20 };
const run = async (body: string, argument: unknown = {}) => {
  const sandbox = await Sandbox.load(`export function handle(event) { ${body} }`, limits);
  return sandbox.run("handle", argument, limits);
};

it("gives what a handler gives", async () => {
  expect(
    await run("return { seen: event.payload.words.length };", { payload: { words: ["a", "b"] } }),
  ).toEqual({
    kind: "finished",
    output: '{"seen":2}',
  });
});

it("waits for a promise", async () => {
  const sandbox = await Sandbox.load("export const handle = async (event) => (await event.id) + 1;", limits);
  expect(sandbox.run("handle", { id: 1 }, limits)).toEqual({ kind: "finished", output: "2" });
});

it("has no way out", async () => {
  for (const way of ["process", "require", "fetch", "WebAssembly", "setTimeout", "Deno"])
    expect(await run(`return typeof ${way};`)).toEqual({ kind: "finished", output: '"undefined"' });
  expect(await run('return event.constructor.constructor("return typeof process")();')).toEqual({
    kind: "finished",
    output: '"undefined"',
  });
});

it.each([
  ["an error", 'throw new TypeError("no words");', /TypeError: no words/],
  ["an endless loop", "for (;;) {}", /interrupted/],
  ["too much memory", "const all = []; for (;;) all.push(new Uint8Array(1_000_000));", /memory/i],
  ["endless recursion", "const f = () => f() + 1; return f();", /stack/i],
])("calls %s a failure, and lives on", async (_what, body, error) => {
  expect(await run(body)).toMatchObject({ kind: "failed", error: expect.stringMatching(error) });
});

it("does not load what is no module", async () => {
  await expect(Sandbox.load("export const = ;", limits)).rejects.toThrow(/does not load/);
});

it("keeps what the code logs, within bounds, until the next run", async () => {
  const code = `export function handle(event) {
    console.info("read", event.words, { of: 3 });
    for (let n = 0; n < event.more; n++) console.warn("x".repeat(5_000));
  }`;
  const sandbox = await Sandbox.load(code, limits);
  sandbox.run("handle", { words: 2, more: 200 }, limits);
  const [first, second] = sandbox.log();
  expect(first).toMatchObject({ level: "info", text: 'read 2 {"of":3}' });
  expect(second?.text).toHaveLength(1_000);
  expect(sandbox.log()).toHaveLength(101);
  expect(sandbox.log().at(-1)?.text).toMatch(/left out/);
  sandbox.run("handle", { words: 1, more: 0 }, limits);
  expect(sandbox.log()).toHaveLength(1);
});

it("has no more memory than its limit over all runs together", async () => {
  const code = "const kept = []; export const handle = () => kept.push(new Uint8Array(2 ** 20).fill(1));";
  const sandbox = await Sandbox.load(code, limits);
  const results = Array.from({ length: 64 }, () => sandbox.run("handle", {}, limits));
  expect(results[4]).toMatchObject({ kind: "finished" });
  expect(results.at(-1)).toMatchObject({ kind: "failed", error: expect.stringMatching(/memory/) });
});
