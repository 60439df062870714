import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { TokenActor } from "../../kernel/roles.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { acknowledgeAlerts } from "../alerts/acknowledge-alerts.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { type AlertView, alertPageSchema, listAlertsInput } from "../alerts/schema.ts";
import { receiveWebhook } from "./receive-webhook.ts";

const network = "testnet";
const read = (name: string) => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8");
const aToken = (bound: string | null): TokenActor => ({
  kind: "token",
  id: "t",
  name: "alertmanager",
  owner: { id: "p", name: "Somebody" },
  scopes: ["alertmanager:write"],
  grants: [{ role: "operator", network: bound, environment: null }],
});

async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock("2026-11-23T15:20:00.000Z");
  const ctx = aCtx({ db, clock, role: "operator" });
  const receive = (name: string, bound: string | null = network) =>
    receiveWebhook({ db, clock }, { body: read(name), actor: aToken(bound) });
  const view = async (name: AlertView) =>
    alertPageSchema.parse(await listAlerts(ctx, listAlertsInput.parse({ network, view: name }))).rows;
  return Object.assign(db, { ctx, clock, receive, view });
}

it("takes what fires once, however often it is told, and what resolved", async () => {
  await using db = await aConsole();
  expect(await db.receive("firing-group-of-three")).toEqual({ taken: 3, changed: 3, truncated: 0 });
  expect(await db.receive("firing-group-of-three")).toEqual({ taken: 3, changed: 0, truncated: 0 });
  const queue = await db.view("queue");
  expect(queue.map(({ source, seen }) => [source, seen])).toEqual(Array(3).fill(["alertmanager", 2]));
  expect(queue[0]).toMatchObject({
    severity: "critical",
    rule: "NodeLatencyHigh",
    subject: { kind: "node" },
  });
  expect(queue[0]?.detail).toContain("<b>markup</b>");
  expect((await db.receive("resolved-group-of-three")).changed).toBe(3);
  // A firing that comes late does not open again what has ended.
  expect((await db.receive("firing-group-of-three")).changed).toBe(0);
  expect(await db.view("queue")).toEqual([]);
});

it("never takes for ended what a message leaves out", async () => {
  await using db = await aConsole();
  await db.receive("truncated-firing");
  const before = (await db.view("queue")).length;
  await db.receive("firing-group-of-three");
  expect(await db.view("queue")).toHaveLength(before + 3);
});

it("stays apart from our own rules, and is reviewed with them", async () => {
  await using db = await aConsole();
  await db.receive("firing-group-of-three");
  db.clock.advance(10_000);
  await evaluateNetwork(db.ctx, network, []);
  const queue = await db.view("queue");
  expect(queue).toHaveLength(3);
  await acknowledgeAlerts(db.ctx, { network, ids: queue.map(({ id }) => id) });
  expect(await db.view("acknowledged")).toHaveLength(3);
});

it("refuses what it cannot place, and stores none of it", async () => {
  await using db = await aConsole();
  await expect(db.receive("firing-group-of-three", null)).rejects.toThrow("has no label ddc_network");
  await expect(db.receive("firing-one-from-prometheus", "mainnet")).rejects.toThrow(
    "does not write alerts of devnet",
  );
  await expect(
    receiveWebhook({ db, clock: db.clock }, { body: '{"version":"3"}', actor: aToken(network) }),
  ).rejects.toMatchObject({ code: "invalid" });
  expect(await db.sql("SELECT count(*) AS n FROM alert")).toEqual([{ n: "0" }]);
});

it("takes the alert that always fires for a sign of life of every network that the token may write, and lists it nowhere", async () => {
  await using db = await aConsole();
  const watchdog = {
    ...{ status: "firing", startsAt: "2026-11-23T15:00:00Z", endsAt: "0001-01-01T00:00:00Z" },
    ...{ labels: { alertname: "Watchdog", severity: "none" }, fingerprint: "00000000000000aa" },
  };
  const message = { version: "4", receiver: "console", status: "firing", alerts: [watchdog] };
  const tell = (body: object, bound: string | null) =>
    receiveWebhook({ db, clock: db.clock }, { body: JSON.stringify(body), actor: aToken(bound) });
  const heard = () => db.sql("SELECT network, at FROM alertmanager_heartbeat ORDER BY network");

  expect(await tell(message, network)).toEqual({ taken: 1, changed: 0, truncated: 0 });
  const first = db.clock.now();
  expect(await heard()).toEqual([{ network: 2, at: first }]);
  db.clock.advance(60_000);
  await tell(message, null);
  const second = db.clock.now();
  expect(await heard()).toEqual([1, 2, 3].map((id) => ({ network: id, at: second })));
  db.clock.advance(60_000);
  await tell({ ...message, status: "resolved", alerts: [{ ...watchdog, status: "resolved" }] }, null);
  expect(await heard()).toContainEqual({ network: 2, at: second });
  expect(await db.sql("SELECT count(*) AS n FROM alert")).toEqual([{ n: "0" }]);
});
