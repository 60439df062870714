import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openMailSink } from "../../../localnet/people/mail-sink.ts";
import { openOutbound } from "../../adapters/http/open-outbound.ts";
import { buildMailer } from "../../adapters/smtp/mailer.ts";
import { aCtx } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { acknowledgeAlerts } from "../alerts/acknowledge-alerts.ts";
import { createSilence } from "../alerts/create-silence.ts";
import { endSilence } from "../alerts/end-silence.ts";
import { evaluateNetwork } from "../alerts/evaluate-network.ts";
import type { Signal } from "../alerts/signals.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { createReceiver } from "./create-receiver.ts";
import { createRoute } from "./create-route.ts";
import { deleteReceiver } from "./delete-receiver.ts";
import { explainAlert } from "./explain-alert.ts";
import { gatherDeliveries } from "./gather-deliveries.ts";
import { getNotifyHealth } from "./get-notify-health.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { listReceivers } from "./list-receivers.ts";
import { previewRoute } from "./preview-route.ts";
import { retryDelivery } from "./retry-delivery.ts";
import { contentSchema, listDeliveriesInput, routeDefinitionSchema, type Target } from "./schema.ts";
import { sendDelivery } from "./send-delivery.ts";
import { testRoute } from "./test-route.ts";
import { openHttpReceiver } from "./testing/http-receiver.ts";
import { updateRoute } from "./update-route.ts";

const network = "mainnet" as const;
const at = new Date("2026-11-23T12:00:00.000Z");

async function aConsole(mailerUrl: string | null = null) {
  const db = await testDatabase();
  const receiver = await openHttpReceiver();
  const clock = fakeClock(at);
  const deps = {
    outbound: openOutbound({ allow: ["127.0.0.1"] }),
    mailer: buildMailer(mailerUrl === null ? null : { url: mailerUrl, from: "console@test.local" }),
  };
  const ctx = aCtx({ db, clock, role: "admin", deps });
  const round = (signals: readonly Signal[], afterMs = 10_000) => {
    clock.advance(afterMs);
    return evaluateNetwork(ctx, network, signals);
  };
  const send = async () => {
    await gatherDeliveries(ctx);
    const claimed = await claimDeliveries(ctx, 100);
    for (const delivery of claimed) await sendDelivery(ctx, delivery, new AbortController().signal);
  };
  const route = async (target: Target, definition: object = {}) => {
    const made = await createReceiver(ctx, { name: `receiver ${target.kind}`, target });
    const parsed = routeDefinitionSchema.parse({ waitMs: 0, everyMs: 0, ...definition });
    const created = await createRoute(ctx, {
      ...{ network, name: `to ${target.kind}`, receiver: made.id, definition: parsed },
    });
    return { ...made, route: created };
  };
  const log = async () => (await listDeliveries(ctx, listDeliveriesInput.parse({ network }))).rows;
  const told = () => receiver.received.map(({ body }) => JSON.parse(body));
  const hook = { kind: "webhook", url: `${receiver.url}/hook?key=hidden` } as const;
  const dispose = async () => {
    await receiver[Symbol.asyncDispose]();
    await db[Symbol.asyncDispose]();
  };
  return { ...db, ctx, clock, receiver, round, send, route, log, told, hook, [Symbol.asyncDispose]: dispose };
}

function deadLetters(value: number, topic = "a"): Signal {
  return { rule: "dead-letters", subject: { kind: "topic", id: topic, name: topic }, value, note: null };
}

async function firstAlert(console: Awaited<ReturnType<typeof aConsole>>): Promise<string> {
  const rows = await console.sql<{ id: string }>("SELECT id FROM alert ORDER BY id LIMIT 1");
  return rows[0]?.id ?? "";
}

describe("telling", () => {
  it("tells of firing and resolving once each, in this order", async () => {
    await using console = await aConsole();
    await console.route(console.hook);
    await console.round([deadLetters(9)]);
    for (let count = 0; count < 8; count++) {
      await console.send();
      await console.round([deadLetters(0)]);
    }
    await console.send();
    const told = console
      .told()
      .map((message) => contentSchema.parse(message).alerts.map(({ change }) => change));
    expect(told).toEqual([["firing"], ["resolved"]]);
    expect((await console.log()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  });

  it("puts what belongs together into one message, and holds the next one back", async () => {
    await using console = await aConsole();
    await console.route(console.hook, { groupBy: "network", waitMs: 5_000, everyMs: 60_000 });
    await console.round([deadLetters(9, "a"), deadLetters(9, "b")]);
    await console.send();
    expect(console.told()).toEqual([]);
    console.clock.advance(5_000);
    await console.send();
    await console.round([deadLetters(9, "a"), deadLetters(9, "b"), deadLetters(9, "c")]);
    console.clock.advance(5_000);
    await console.send();
    expect(console.told().map(({ alerts }) => alerts.length)).toEqual([2]);
    console.clock.advance(60_000);
    await console.send();
    expect(console.told().map(({ alerts }) => alerts.length)).toEqual([2, 1]);
  });

  it("tells one receiver once although two routes lead to it", async () => {
    await using console = await aConsole();
    const { id } = await console.route(console.hook);
    const definition = routeDefinitionSchema.parse({ waitMs: 0 });
    await createRoute(console.ctx, { network, name: "second", receiver: id, definition });
    await console.round([deadLetters(9)]);
    await console.send();
    expect(console.told()).toHaveLength(1);
    const why = await explainAlert(console.ctx, { network, id: await firstAlert(console) });
    expect(why.filter(({ messages }) => messages.length > 0)).toHaveLength(1);
    expect(why.find(({ messages }) => messages.length === 0)?.why).toBe("another route told this receiver");
  });

  it("leaves nothing in the outbox of a change that was rolled back", async () => {
    await using console = await aConsole();
    await console.route(console.hook);
    const broken = console.ctx.db.prisma.$transaction(async (tx) => {
      const ctx = {
        ...console.ctx,
        db: {
          ...console.ctx.db,
          prisma: Object.assign(Object.create(tx), {
            $transaction: (work: (inner: typeof tx) => Promise<unknown>) => work(tx),
          }),
        },
      };
      console.clock.advance(10_000);
      await evaluateNetwork(ctx, network, [deadLetters(9)]);
      throw new Error("the machine died");
    });
    await expect(broken).rejects.toThrow("the machine died");
    expect(
      await console.sql(
        "SELECT (SELECT count(*) FROM notify_item) AS items, (SELECT count(*) FROM alert) AS n",
      ),
    ).toEqual([{ items: "0", n: "0" }]);
  });
});

describe("what is hidden", () => {
  it("is told when its silence is ended, and never if it resolved under it", async () => {
    await using console = await aConsole();
    await console.route(console.hook);
    const silence = await createSilence(console.ctx, {
      ...{ network, rule: "dead-letters", forMs: 3_600_000, reason: "move" },
    });
    await console.round([deadLetters(9, "a"), deadLetters(9, "b")]);
    await console.send();
    for (let count = 0; count < 8; count++) await console.round([deadLetters(9, "a"), deadLetters(0, "b")]);
    await console.send();
    expect(console.told()).toEqual([]);
    await endSilence(console.ctx, { network, id: silence.id });
    await console.send();
    expect(console.told().map(({ alerts }) => alerts[0].subject)).toEqual(["a"]);
    console.clock.advance(3_600_000);
    await console.send();
    console.clock.advance(1_000);
    await console.send();
    expect(console.told()).toHaveLength(1);
    const dropped = await console.sql(
      "SELECT DISTINCT dropped FROM notify_item WHERE dropped IS NOT NULL ORDER BY 1",
    );
    expect(dropped).toEqual([
      { dropped: "it resolved while it was hidden" },
      { dropped: "its firing was not told" },
    ]);
  });

  it("waits while another trouble of the same node explains it", async () => {
    await using console = await aConsole();
    await console.route(console.hook, { groupBy: "alert" });
    const node = { kind: "node", id: "0x01", name: "n1" } as const;
    const both: Signal[] = [
      { rule: "node-silent", subject: node, value: 60_000, note: null },
      { rule: "node-failures", subject: node, value: 0.5, note: null },
    ];
    for (let count = 0; count < 14; count++) await console.round(both);
    await console.send();
    expect(console.told().map(({ alerts }) => alerts[0].title)).toEqual(["Node silent"]);
    const rows = await console.sql<{ id: string }>("SELECT id FROM alert WHERE rule = 'node-failures'");
    const [why] = await explainAlert(console.ctx, { network, id: rows[0]?.id ?? "" });
    expect(why?.messages).toMatchObject([{ state: "held", detail: "explained by node-silent" }]);
    const alone: Signal[] = [{ rule: "node-silent", subject: node, value: 0, note: null }, ...both.slice(1)];
    for (let count = 0; count < 9; count++) await console.round(alone);
    await console.send();
    expect(console.told().map(({ alerts }) => alerts[0].title)).toContain("Requests fail");
  });
});

describe("a receiver", () => {
  it("that is away gets the same message again, later, under the same id", async () => {
    await using console = await aConsole();
    await console.route(console.hook);
    console.receiver.answer(503);
    await console.round([deadLetters(9)]);
    await console.send();
    await console.send();
    expect((await console.log())[0]).toMatchObject({ state: "waiting", attempts: 1, status: 503 });
    console.receiver.answer(204);
    console.clock.advance(5_000);
    await console.send();
    expect((await console.log())[0]).toMatchObject({ state: "delivered", attempts: 2, status: 204 });
    const [first, second] = console.receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
  });

  it("that refuses is not asked again until somebody says so", async () => {
    await using console = await aConsole();
    await console.route(console.hook);
    console.receiver.answer(410);
    await console.round([deadLetters(9)]);
    await console.send();
    const [failed] = await console.log();
    expect(failed).toMatchObject({ state: "failed", status: 410 });
    console.receiver.answer(200);
    await retryDelivery(console.ctx, { network, id: failed?.id ?? "" });
    await console.send();
    expect((await console.log())[0]?.state).toBe("delivered");
    await expect(retryDelivery(console.ctx, { network, id: failed?.id ?? "" })).rejects.toThrow(
      "taken already",
    );
  });

  it("at an address that is not public is refused, and so is a redirect", async () => {
    await using console = await aConsole();
    const ctx = { ...console.ctx, deps: { ...console.ctx.deps, outbound: openOutbound({ allow: [] }) } };
    const { route } = await console.route(console.hook);
    const refused = await testRoute(ctx, { network, id: route.id });
    expect(refused).toMatchObject({ state: "failed" });
    expect(refused.answer).toContain("is not public");
    console.receiver.answer(302, { location: "http://169.254.169.254/" });
    expect(await testRoute(console.ctx, { network, id: route.id })).toMatchObject({
      state: "failed",
      status: 302,
    });
    expect(console.receiver.received).toHaveLength(1);
  });

  it("keeps its secrets to itself", async () => {
    await using console = await aConsole();
    const { id, signingSecret } = await console.route(console.hook);
    const everything = JSON.stringify([
      await listReceivers(console.ctx),
      await console.sql("SELECT * FROM notify_receiver"),
      await console.sql("SELECT * FROM audit_entry"),
    ]);
    expect(everything).not.toContain("hidden");
    expect(everything).not.toContain(signingSecret);
    await expect(deleteReceiver(console.ctx, { id })).rejects.toThrow("Routes lead to it: to webhook");
  });

  it("by mail gets a mail", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mail-"));
    const sink = openMailSink(folder);
    const { promise, resolve } = Promise.withResolvers<number>();
    const listening = sink.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
    await using console = await aConsole(`smtp://127.0.0.1:${await promise}`);
    await console.route({ kind: "email", to: ["ops@test.local", "night@test.local"] });
    await console.round([deadLetters(9)]);
    await console.send();
    sink.close();
    expect((await console.log())[0]).toMatchObject({ state: "delivered", status: 250 });
    const [name = ""] = readdirSync(folder);
    const mail = readFileSync(join(folder, name), "utf8");
    expect(name).toContain("ops@test.local+night@test.local");
    expect(mail).toContain("Subject: Firing: Dead letters, a");
    expect(mail).toMatch(/^Message-ID: <[0-9a-f-]{36}@console.cere>/m);
  });

  it("of PagerDuty's kind hears of an acknowledgement, a webhook does not", async () => {
    await using console = await aConsole();
    const url = `${console.receiver.url}/v2/enqueue`;
    await console.route({ kind: "pagerduty", url, routingKey: "a-key" });
    await console.route({ kind: "slack", url: `${console.receiver.url}/slack` });
    await console.round([deadLetters(9)]);
    await console.send();
    await acknowledgeAlerts(console.ctx, { network, ids: [await firstAlert(console)] });
    await console.send();
    const pages = console.receiver.received.filter(({ path }) => path === "/v2/enqueue");
    expect(pages.map(({ body }) => JSON.parse(body).event_action)).toEqual(["trigger", "acknowledge"]);
    expect(console.receiver.received.filter(({ path }) => path === "/slack")).toHaveLength(1);
  });
});

it("takes up what a process that died had claimed, and says so while nobody does", async () => {
  await using console = await aConsole();
  await console.route(console.hook);
  await console.round([deadLetters(9)]);
  await gatherDeliveries(console.ctx);
  expect(await claimDeliveries(console.ctx, 10)).toHaveLength(1);
  expect(await claimDeliveries(console.ctx, 10)).toEqual([]);
  console.clock.advance(30_000);
  expect((await getNotifyHealth(console.ctx, { network })).stuck).toBeNull();
  console.clock.advance(121_000);
  expect((await getNotifyHealth(console.ctx, { network })).stuck).toContain("nobody sends them");
  await console.send();
  expect((await console.log())[0]).toMatchObject({ state: "delivered", attempts: 2 });
});

it("shows what a route would have told, and does not let two people overwrite each other", async () => {
  await using console = await aConsole();
  const { route } = await console.route(console.hook);
  await console.round([deadLetters(9, "a"), deadLetters(9, "b")]);
  const matchers = [{ label: "subject", isEqual: true, pattern: "b" }];
  const definition = routeDefinitionSchema.parse({ matchers, titleTemplate: "{{ subject }}!" });
  expect(await previewRoute(console.ctx, { network, definition })).toMatchObject({
    title: "b!",
    fired: 2,
    fits: 1,
  });
  const { id, name, receiver } = route;
  const change = { network, id, name, receiver: receiver.id, definition };
  expect(await updateRoute(console.ctx, { ...change, revision: 1 })).toMatchObject({ revision: 2 });
  await expect(updateRoute(console.ctx, { ...change, revision: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
  const wrong = { ...definition, titleTemplate: "{{ nothing }}" };
  await expect(updateRoute(console.ctx, { ...change, definition: wrong, revision: 2 })).rejects.toMatchObject(
    {
      code: "invalid",
    },
  );
});
