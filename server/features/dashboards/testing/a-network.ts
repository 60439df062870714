import { latencyBin } from "../../../kernel/latency.ts";
import type { Ctx } from "../../../ports/ctx.ts";
import { aCtx } from "../../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../../testing/database.ts";
import { fakeClock } from "../../../testing/fake-clock.ts";
import { insertNode, insertReading, insertRollup, makeRoom } from "../../nodes/testing/insert-node.ts";
import { dashboards } from "../catalogue.ts";

export const networkAt = new Date("2026-11-27T12:00:00.000Z");
const ago = (minutes: number) => new Date(networkAt.getTime() - minutes * 60_000);
const clusterId = `0x${"c1".repeat(20)}`;

/** One node of mainnet that was asked a hundred times ten minutes ago, and one of testnet that was asked more. */
export async function aNetwork(): Promise<TestDatabase & { ctx: Ctx }> {
  const db = await testDatabase();
  await makeRoom(db);
  const node = await insertNode(db, {
    clusterId,
    reported: { "host.name": "fsn1-s01", "cloud.region": "eu-central", "ddc.cluster.name": "Dragon 1" },
    activeAt: networkAt,
  });
  const requests = [
    { operation: 1, latencyMs: 10, count: 98 },
    { operation: 0, latencyMs: 400, status: 2, count: 2 },
  ];
  await insertRollup(db, node, { at: ago(10), requests });
  await insertReading(db, node, { at: ago(10), gauges: { cpu: 0.25, stored_bytes: 5e12, disk_read_ms: 3 } });
  const other = await insertNode(db, { network: "testnet", reported: { "host.name": "elsewhere" } });
  await insertRollup(db, other, { at: ago(10), requests: [{ count: 1_000 }] });
  await insertJobs(db);
  return Object.assign(db, { ctx: aCtx({ db, clock: fakeClock(networkAt) }) });
}

/** Forty jobs of an agent that took a quarter of a second each, ten of which failed. */
async function insertJobs(db: TestDatabase): Promise<void> {
  const service = "ab".repeat(32);
  const job = [`${service}:summarize`, "prod", "baear4itheversion"];
  await db.sql(
    `INSERT INTO agent (id, alias, agent_service, created_at, created_by, changed_at, changed_by)
     VALUES ($1, 'summarize', $2, $3, 'somebody', $3, 'somebody')`,
    [job[0], service, networkAt],
  );
  await db.sql(
    "INSERT INTO agent_slot (agent_id, environment, version, at, finished, failed) VALUES ($1, $2, $3, $4, 40, 10)",
    [...job, ago(10)],
  );
  await db.sql(
    "INSERT INTO agent_latency (agent_id, environment, version, at, bin, count) VALUES ($1, $2, $3, $4, $5, 40)",
    [...job, ago(10), latencyBin(250_000)],
  );
  await db.sql(
    "INSERT INTO agent_instance (agent_id, environment, instance, region, heard_at) VALUES ($1, $2, 'i-1', 'eu', $3)",
    [job[0], job[1], new Date(networkAt.getTime() - 20_000)],
  );
}

export function panelOf(uid: string, title: string): { uid: string; panelId: number } {
  const panel = dashboards
    .find((dashboard) => dashboard.uid === uid)
    ?.panels.find((one) => one.title === title);
  if (!panel) throw new Error(`${uid} has no panel "${title}"`);
  return { uid, panelId: panel.id };
}

/** An amount in base units that a JavaScript number would not hold. */
export function insertCharge(db: TestDatabase, amount: string): Promise<unknown> {
  return db.sql(
    "INSERT INTO ledger_1h (network, kind, at, amount, entries) VALUES (3, 'charge', $1, $2, 1)",
    [new Date("2026-11-27T10:00:00.000Z"), amount],
  );
}
