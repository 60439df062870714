import type { Client } from "pg";

const listCalls = 200;
const nodeCalls = 250;
const warmUpCalls = 15;

/** What the overview tab of a node's page asks (app/(console)/[network]/nodes/[key]). */
const nodeKinds = ["operations", "failures", "latency", "heatmap", "cpu_memory", "disk_read", "network"];

export type CallFigures = { listMsP95: number; nodeMsP95: number };
type Options = { client: Client; baseUrl: string; cookie: string; say: (line: string) => void };

/** Times over HTTP from request to last byte, one page after another, while live rows are written beside. */
export async function measureCalls({ client, baseUrl, cookie, say }: Options): Promise<CallFigures> {
  const { rows } = await client.query<{ key: string }>("SELECT node_key AS key FROM ddc_node ORDER BY id");
  const keys = rows.map(({ key }) => key);
  const network = "mainnet";
  const ask = (calls: readonly Call[]) => batch({ baseUrl, cookie }, calls);
  const list = () => ask([["nodes.list", { network }]]);
  const page = (round: number) => {
    const key = keys[(round * 37) % keys.length] ?? "";
    const range = { from: "now-3h", to: "now" };
    return ask([
      ["nodes.get", { network, key }],
      ["nodes.series", { network, key, ...range, kinds: nodeKinds }],
      ["nodes.forecast", { network, key }],
      ["nodes.events", { network, key, ...range, limit: 50 }],
      ["system.status", { network }],
    ]);
  };
  for (let round = 0; round < warmUpCalls; round++) await Promise.all([list(), page(round)]);
  const listMs = await timed(listCalls, list);
  const nodeMs = await timed(nodeCalls, page);
  say(`list of ${keys.length} nodes: ${inWords(listMs)}`);
  say(`a node's page, five calls: ${inWords(nodeMs)}`);
  return { listMsP95: round1(quantile(listMs, 0.95)), nodeMsP95: round1(quantile(nodeMs, 0.95)) };
}

type Call = [path: string, input: unknown];

async function batch(
  { baseUrl, cookie }: { baseUrl: string; cookie: string },
  calls: readonly Call[],
): Promise<number> {
  const paths = calls.map(([path]) => path).join(",");
  const inputs = Object.fromEntries(calls.map(([, input], index) => [index, input]));
  const search = new URLSearchParams({ batch: "1", input: JSON.stringify(inputs) });
  const startedAt = performance.now();
  const response = await fetch(`${baseUrl}/api/trpc/${paths}?${search}`, { headers: { cookie } });
  const body = await response.text();
  const ms = performance.now() - startedAt;
  if (response.status !== 200) throw new Error(`${paths}: ${response.status} ${body.slice(0, 500)}`);
  return ms;
}

async function timed(count: number, call: (round: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round++) times.push(await call(round));
  return times.sort((a, b) => a - b);
}

function inWords(times: readonly number[]): string {
  const at = (q: number) => `${round1(quantile(times, q))} ms`;
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, slowest ${at(1)} of ${times.length}`;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
