import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { buildVault } from "../../adapters/auth/vault.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { createReceiver } from "./create-receiver.ts";
import { createRoute } from "./create-route.ts";
import { contentSchema, routeDefinitionSchema } from "./schema.ts";
import { openHttpReceiver } from "./testing/http-receiver.ts";
import { type NotifyPlan, startNotifyChild } from "./testing/notify-child.ts";

/** Two processes evaluate and send at the same time; one after the other is killed in the middle of its work. */
const kills = 8;
const secret = "a secret that only this test uses, 0123456789";

it("tells each change of an alert, each under one id, however often processes are killed", async () => {
  await using db = await testDatabase();
  await using receiver = await openHttpReceiver();
  const ctx = aCtx({ db, role: "admin", deps: { vault: buildVault(secret) } });
  const { id } = await createReceiver(ctx, { name: "hook", target: { kind: "webhook", url: receiver.url } });
  const definition = routeDefinitionSchema.parse({ groupBy: "alert", waitMs: 0, everyMs: 0 });
  await createRoute(ctx, { network: "mainnet", name: "all", receiver: id, definition });
  const plan: NotifyPlan = {
    databaseUrl: db.url,
    secret,
    startsAt: "2026-11-23T12:00:00.000Z",
    topics: 8,
    isQuiet: false,
  };
  let [older, newer] = await Promise.all([startNotifyChild(plan), startNotifyChild(plan)]);
  for (let count = 0; count < kills; count++) {
    const before = receiver.received.length;
    while (receiver.received.length < before + 3) await pause(10);
    await pause(Math.random() * 200);
    await older.kill();
    older = newer;
    newer = await startNotifyChild(plan);
  }
  await Promise.all([older.kill(), newer.kill()]);
  await using _last = await startNotifyChild({ ...plan, isQuiet: true });
  const openSql = `SELECT (SELECT count(*) FROM alert WHERE resolved_at IS NULL)
    + (SELECT count(*) FROM notify_item WHERE delivery IS NULL AND dropped IS NULL)
    + (SELECT count(*) FROM notify_delivery WHERE ended_at IS NULL) AS open`;
  while ((await db.sql<{ open: string }>(openSql))[0]?.open !== "0") await pause(50);

  const [changes] = await db.sql<{ all: string; told: string }>(`
    SELECT count(*) AS all, count(*) FILTER (WHERE d.state = 'delivered') AS told
    FROM alert_event e LEFT JOIN notify_item i ON i.event = e.id LEFT JOIN notify_delivery d ON d.id = i.delivery
    WHERE e.kind IN ('firing', 'resolved')`);
  expect(Number(changes?.all)).toBeGreaterThan(2 * kills);
  expect(changes?.told).toBe(changes?.all);

  const idsOf = new Map<string, Set<string>>();
  const receipts = new Map<string, number>();
  for (const { body } of receiver.received) {
    const { id: key, ...content } = JSON.parse(body);
    receipts.set(key, (receipts.get(key) ?? 0) + 1);
    for (const alert of contentSchema.parse(content).alerts) {
      const change = `${alert.id} ${alert.change}`;
      idsOf.set(change, (idsOf.get(change) ?? new Set()).add(key));
    }
  }
  expect(idsOf.size).toBe(Number(changes?.all));
  expect([...idsOf.values()].filter((ids) => ids.size > 1)).toEqual([]);
  // Only who was killed between the answer and its record makes a message go out again, and under the same id.
  const attempts = await db.sql<{ id: string; attempts: number }>("SELECT id, attempts FROM notify_delivery");
  for (const delivery of attempts) expect(receipts.get(delivery.id)).toBeLessThanOrEqual(delivery.attempts);
  const repeated = [...receipts.values()].filter((count) => count > 1).length;
  expect(repeated).toBeLessThanOrEqual(8 * kills);
}, 300_000);
