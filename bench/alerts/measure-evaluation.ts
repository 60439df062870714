import type { Client } from "pg";
import { evaluateNetwork } from "../../server/features/alerts/evaluate-network.ts";
import { aSignalMemory, readSignals } from "../../server/features/alerts/read-signals.ts";
import { loadRules } from "../../server/features/alerts/store.ts";
import type { Database } from "../../server/ports/database.ts";
import { aCtx } from "../../server/testing/a-ctx.ts";
import { openPartitions } from "../live/fixture.ts";
import { mainnet } from "./fill.ts";

const roundMs = 10_000;
const rounds = 12;
const historyMinutes = 120;

type Options = {
  db: Database;
  client: Client;
  rules: number;
  nodes: number;
  say: (line: string) => void;
};

/**
 * Rounds as the elected process makes them, on a clock that moves by ten seconds a round. The share is processor time of
 * this process and of the database's, over the time between rounds; the first round, which reads all minutes, is apart.
 */
export async function measureEvaluation({ db, client, rules, nodes, say }: Options) {
  await openPartitions(client);
  await fillHistory(client, nodes);
  await fillRules(client, rules);
  let at = new Date();
  const ctx = aCtx({ db, role: "operator", clock: { now: () => at } });
  const memory = aSignalMemory();
  const round = async () => {
    at = new Date(at.getTime() + roundMs);
    const known = await loadRules(db, "mainnet");
    return evaluateNetwork(
      ctx,
      "mainnet",
      await readSignals(ctx, { network: "mainnet", rules: known, memory }),
    );
  };
  const first = await round();
  say(`${first.signals} figures a round, ${first.unknown} unknown, ${first.changed} changes in the first`);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let turn = 0; turn < rounds; turn += 1) await round();
  const used = process.cpuUsage(before);
  const ownMs = (used.user + used.system) / 1_000 / rounds;
  const wallMs = (performance.now() - startedAt) / rounds;
  say(
    `a round: ${Math.round(ownMs)} ms of this process, ${Math.round(wallMs)} ms with the database and all waiting`,
  );
  // What was waited for was the database's work at most: the time of a round bounds both together.
  return { evaluationCoreShare: Math.round((Math.max(ownMs, wallMs) / roundMs) * 1_000) / 1_000 };
}

async function fillHistory(client: Client, nodes: number): Promise<void> {
  await client.query(
    `INSERT INTO ddc_node (network, node_key, registered, reported, reported_at, active_at)
     SELECT $1, '0x' || encode(sha256(n::text::bytea), 'hex'),
            jsonb_build_object('host', 's' || n || '.example', 'mode', 'Storage', 'httpPort', 8080),
            jsonb_build_object('host.name', 'site' || n % 24 || '-s' || n), now(), now()
     FROM generate_series(1, $2) AS n`,
    [mainnet, nodes],
  );
  await client.query(
    `INSERT INTO reading_1m (node, at, cpu_sum, cpu_n, memory_sum, memory_n, disk_sum, disk_n)
     SELECT id, date_trunc('minute', now()) + m * interval '1 min', 0.4 + (id % 50) * 0.01, 1, 0.5, 1, 0.4 + m * 0.0001, 1
     FROM ddc_node, generate_series(-${historyMinutes}, 3) AS m`,
  );
  await client.query(
    `INSERT INTO rollup_1m (network, scope, subject, at, requests, failures, read_bytes, written_bytes, cells)
     SELECT ${mainnet}, 3, id, date_trunc('minute', now()) + m * interval '1 min', 3000, id % 40, 0, 0, '{}'
     FROM ddc_node, generate_series(-${historyMinutes}, 3) AS m`,
  );
  await client.query("VACUUM (ANALYZE) reading_1m, rollup_1m, ddc_node");
}

const minute = 60_000;
const conditions = [
  { kind: "threshold", metric: "memory", windowMs: 10 * minute, breach: "above", limit: 0.9 },
  { kind: "absence", metric: "cpu", limitMs: 5 * minute },
  {
    kind: "ratio",
    of: "failures",
    by: "requests",
    windowMs: 15 * minute,
    least: 100,
    breach: "above",
    limit: 0.05,
  },
  { kind: "rate-of-change", metric: "memory", windowMs: 30 * minute, breach: "above", limit: 0.2 },
  {
    kind: "forecast",
    metric: "disk",
    windowMs: 60 * minute,
    level: 1,
    direction: "rises",
    withinMs: 60 * minute,
  },
  {
    kind: "burn-rate",
    bad: "failures",
    total: "requests",
    objective: 0.99,
    least: 100,
    pairs: [{ longMs: 60 * minute, shortMs: 5 * minute, factor: 14.4 }],
  },
];
/** One node in fifty is over it. */
const firing = { kind: "threshold", metric: "cpu", windowMs: 5 * minute, breach: "above", limit: 0.885 };

/** Rules of every kind in equal numbers; ten of them fire. */
async function fillRules(client: Client, count: number): Promise<void> {
  const rules = Array.from({ length: count }, (_, index) => ({
    id: `own-${index + 1}`,
    rule: {
      title: `Rule ${index + 1}`,
      condition: index < 10 ? firing : conditions[index % conditions.length],
      severity: "warning",
      forMs: minute,
    },
  }));
  await client.query(
    `INSERT INTO alert_rule (network, rule, revision, changes, reason, made_at, made_by)
     SELECT ${mainnet}, r->>'id', 1, r->'rule', 'bench', now(), 'bench' FROM jsonb_array_elements($1::jsonb) AS r`,
    [JSON.stringify(rules)],
  );
}
