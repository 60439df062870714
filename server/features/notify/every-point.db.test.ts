import { expect, it } from "vitest";
import { buildVault } from "../../adapters/auth/vault.ts";
import { openOutbound } from "../../adapters/http/open-outbound.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { dyingDatabase, isDeath } from "../../testing/dying-database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import type { Signal } from "../alerts/signals.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { createReceiver } from "./create-receiver.ts";
import { createRoute } from "./create-route.ts";
import { gatherDeliveries } from "./gather-deliveries.ts";
import { contentSchema, routeDefinitionSchema } from "./schema.ts";
import { sendDelivery } from "./send-delivery.ts";
import { openHttpReceiver } from "./testing/http-receiver.ts";

const kills = 100;
/** A life has fewer points than this; who would die later lives on. */
const points = 40;
const network = "mainnet";

it("tells each change, and none twice that was recorded as told, wherever it is killed", async () => {
  await using db = await testDatabase();
  await using receiver = await openHttpReceiver();
  const clock = fakeClock(new Date("2026-11-23T12:00:00.000Z"));
  const deps = {
    vault: buildVault("a secret of this test, 0123456789"),
    outbound: openOutbound({ allow: ["127.0.0.1"] }),
  };
  const ctx = aCtx({ db, clock, role: "admin", deps });
  const { id } = await createReceiver(ctx, { name: "hook", target: { kind: "webhook", url: receiver.url } });
  const definition = routeDefinitionSchema.parse({ groupBy: "alert", waitMs: 0, everyMs: 0 });
  await createRoute(ctx, { network, name: "all", receiver: id, definition });

  const random = randomFrom(7);
  const died: number[] = [];
  const unrecorded = new Set<string>();
  for (let round = 0; died.length < kills; round += 1) {
    clock.advance(10_000);
    const point = 1 + Math.floor(random() * points);
    const heardBefore = receiver.received.length;
    const isDead = await live({ ...ctx, db: dyingDatabase(db, point) }, signalsAt(round)).then(
      () => false,
      (error: unknown) => isDeath(error) || Promise.reject(error),
    );
    if (!isDead) continue;
    died.push(point);
    const heard = receiver.received.slice(heardBefore).map(({ body }) => String(JSON.parse(body).id));
    const recorded = await db.sql<{ id: string }>("SELECT id FROM notify_delivery WHERE state = 'delivered'");
    for (const key of heard) if (!recorded.some((row) => row.id === key)) unrecorded.add(key);
  }
  const openSql = `SELECT (SELECT count(*) FROM alert WHERE resolved_at IS NULL)
    + (SELECT count(*) FROM notify_item WHERE delivery IS NULL AND dropped IS NULL)
    + (SELECT count(*) FROM notify_delivery WHERE ended_at IS NULL) AS open`;
  for (let rounds = 0; (await db.sql<{ open: string }>(openSql))[0]?.open !== "0"; rounds += 1) {
    expect(rounds).toBeLessThan(100);
    clock.advance(10_000);
    await live(ctx, signalsAt(null));
  }

  expect(new Set(died).size).toBeGreaterThan(15);
  const changes = await db.sql<{ change: string }>(
    "SELECT alert || ' ' || kind AS change FROM alert_event WHERE kind IN ('firing', 'resolved')",
  );
  expect(changes.length).toBeGreaterThan(30);
  const receipts = new Map<string, number>();
  const keysOf = new Map<string, Set<string>>();
  for (const { body } of receiver.received) {
    const { id: key, ...content } = JSON.parse(body);
    receipts.set(key, (receipts.get(key) ?? 0) + 1);
    for (const { id: alert, change } of contentSchema.parse(content).alerts)
      keysOf.set(`${alert} ${change}`, (keysOf.get(`${alert} ${change}`) ?? new Set()).add(key));
  }
  expect([...keysOf.keys()].sort()).toEqual(changes.map(({ change }) => change).sort());
  expect([...keysOf.values()].filter((keys) => keys.size > 1)).toEqual([]);
  const repeated = [...receipts].filter(([, count]) => count > 1).map(([key]) => key);
  expect(repeated.filter((key) => !unrecorded.has(key))).toEqual([]);
}, 120_000);

/** One turn of all that stands between a figure and its receiver. */
async function live(ctx: Ctx, signals: readonly Signal[]): Promise<void> {
  await evaluateNetwork(ctx, network, signals);
  await gatherDeliveries(ctx);
  const claimed = await claimDeliveries(ctx, 8);
  for (const delivery of claimed) await sendDelivery(ctx, delivery, new AbortController().signal);
}

/** Each of four topics is over its limit for 4 of 16 rounds, one after another; null = none is. */
function signalsAt(round: number | null): Signal[] {
  return [0, 1, 2, 3].map((index): Signal => {
    const isOver = round !== null && (round + index * 3) % 16 < 4;
    const id = `topic-${index}`;
    return {
      rule: "dead-letters",
      subject: { kind: "topic", id, name: id },
      value: isOver ? 9 : 0,
      note: null,
    };
  });
}

/** The same points in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
