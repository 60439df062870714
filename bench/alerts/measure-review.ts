import type { Client } from "pg";

const listCalls = 200;
const groupCalls = 50;
const acknowledgeCalls = 200;

type Options = { client: Client; baseUrl: string; cookie: string; say: (line: string) => void };

/**
 * Times over HTTP from request to last byte: the first pages of the queue, its first page of groups, and one alert taken after
 * another. Groups are said, and no figure of the report.
 */
export async function measureReview({ client, baseUrl, cookie, say }: Options) {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id::text AS id FROM alert ORDER BY id LIMIT $1",
    [acknowledgeCalls + 10],
  );
  const network = "mainnet";
  let cursor: string | undefined;
  const list = async () => {
    const { ms, data } = await ask(
      `${baseUrl}/api/trpc/alerts.list?${inputOf({ network, ...(cursor && { cursor }) })}`,
      {
        headers: { cookie },
      },
    );
    cursor = data.next ?? undefined;
    return ms;
  };
  const acknowledge = async (turn: number) => {
    const { ms, data } = await ask(`${baseUrl}/api/trpc/alerts.acknowledge`, {
      method: "POST",
      headers: { cookie, origin: baseUrl, "content-type": "application/json" },
      body: JSON.stringify({ network, ids: [rows[turn]?.id] }),
    });
    if (data[0]?.kind !== "done") throw new Error(JSON.stringify(data));
    return ms;
  };
  const groups = async (by: string) =>
    (await ask(`${baseUrl}/api/trpc/alerts.groups?${inputOf({ network, by })}`, { headers: { cookie } })).ms;
  for (let turn = 0; turn < 10; turn += 1) {
    await list();
    await acknowledge(acknowledgeCalls + turn);
  }
  const listMs = await timed(listCalls, list);
  const acknowledgeMs = await timed(acknowledgeCalls, acknowledge);
  say(`a page of the queue: p50 ${at(listMs, 0.5)} ms, p95 ${at(listMs, 0.95)} ms`);
  say(`acknowledge: p50 ${at(acknowledgeMs, 0.5)} ms, p95 ${at(acknowledgeMs, 0.95)} ms`);
  for (const by of ["rule", "subject", "severity"]) {
    const groupMs = await timed(groupCalls, () => groups(by));
    say(`a page of groups by ${by}: p50 ${at(groupMs, 0.5)} ms, p95 ${at(groupMs, 0.95)} ms`);
  }
  return { listMsP95: at(listMs, 0.95), acknowledgeMsP95: at(acknowledgeMs, 0.95) };
}

function inputOf(input: object): URLSearchParams {
  return new URLSearchParams({ input: JSON.stringify(input) });
}

async function ask(url: string, init: RequestInit) {
  const startedAt = performance.now();
  const response = await fetch(url, init);
  const text = await response.text();
  const ms = performance.now() - startedAt;
  if (response.status !== 200) throw new Error(`${response.status} ${text.slice(0, 500)}`);
  return { ms, data: JSON.parse(text).result.data };
}

async function timed(count: number, call: (turn: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) times.push(await call(turn));
  return times.sort((a, b) => a - b);
}

function at(sorted: readonly number[], q: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return Math.round(value * 10) / 10;
}
