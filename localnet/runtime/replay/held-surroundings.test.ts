import { expect, it } from "vitest";
import { Sandbox } from "../sandbox.ts";
import { held, surround } from "./held-surroundings.ts";

const limits = { timeoutMs: 200, memoryBytes: 16 * 2 ** 20 };
const at = Date.UTC(2026, 6, 13, 17);

async function aSandbox(body: string, mayFetch = false): Promise<Sandbox> {
  const sandbox = await Sandbox.load(`export async function handle() { ${body} }`, limits);
  surround(sandbox, { mayFetch });
  return sandbox;
}
const run = (sandbox: Sandbox, seed = 1) =>
  held(sandbox, { at, seed }, () => sandbox.run("handle", {}, limits));
const outputOf = ({ result }: ReturnType<typeof run>) =>
  result.kind === "finished" ? JSON.parse(result.output ?? "null") : result.error;

it("gives every version the same clock, however it asks", async () => {
  const sandbox = await aSandbox(
    "return [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date, Date.UTC(1970, 0, 1), typeof Date()];",
  );
  expect(outputOf(run(sandbox))).toEqual([at, at, 5, true, 0, "string"]);
});

it("gives every version the same chance, another for another event", async () => {
  const body = "return [Math.random(), Math.random()];";
  const [one, other] = [await aSandbox(body), await aSandbox(body)];
  const drawn = outputOf(run(one, 7));
  expect(outputOf(run(other, 7))).toEqual(drawn);
  expect(outputOf(run(other, 8))).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(2);
  expect(drawn.every((value: number) => value >= 0 && value < 1)).toBe(true);
});

it("refuses and counts fetches of who may fetch, and gives nobody else a fetch", async () => {
  const fetching = await aSandbox(
    'try { await fetch("https://x.example") } catch (e) { return e.message }',
    true,
  );
  const refused = run(fetching);
  expect(refused.fetches).toBe(1);
  expect(outputOf(refused)).toMatch(/Not performed/);
  expect(outputOf(run(await aSandbox("return typeof fetch")))).toBe("undefined");
});

it("lets the clock go on between events, where faults are made", async () => {
  const sandbox = await aSandbox("return 1;");
  run(sandbox);
  const outside = sandbox.disturb("Date.now()", limits);
  expect(outside).toMatchObject({ kind: "finished" });
  if (outside.kind === "finished") expect(Math.abs(Number(outside.output) - Date.now())).toBeLessThan(60_000);
});
