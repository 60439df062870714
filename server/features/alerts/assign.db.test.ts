import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import type { Person } from "../identity/schema.ts";
import { listNotifications } from "../notifications/list-notifications.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { assignAlerts } from "./assign-alerts.ts";
import { evaluateNetwork } from "./evaluate-network.ts";
import { getAlert } from "./get-alert.ts";
import { listAlerts } from "./list-alerts.ts";
import { listAssignees } from "./list-assignees.ts";
import { listOwners } from "./list-owners.ts";
import { releaseAlerts } from "./release-alerts.ts";
import { listAlertsInput, listAssigneesInput } from "./schema.ts";

const network = "mainnet";
type Grants = Person["grants"];
const onMainnet: Grants = [{ role: "operator", network: "mainnet", environment: null }];

async function aMember(db: TestDatabase, grants: Grants) {
  const { id, email, name } = await insertPerson(db, { grants });
  return aCtx({ db, clock: fakeClock(), actor: { ...aPerson(grants), id, email, name } });
}

async function aConsole() {
  const db = await testDatabase();
  const clock = fakeClock(new Date("2026-11-23T12:00:00.000Z"));
  const ctx = aCtx({ db, clock, role: "operator" });
  const mara = await aMember(db, onMainnet);
  const signals = ["a", "b", "c"].map((topic) => ({
    ...{ rule: "dead-letters", value: 9, note: null },
    subject: { kind: "topic" as const, id: topic, name: topic },
  }));
  await evaluateNetwork(ctx, network, signals);
  const view = async (rest: object = {}, who = ctx) =>
    (await listAlerts(who, listAlertsInput.parse({ network, ...rest }))).rows;
  const ids = (await view()).map(({ id }) => id);
  const assign = (some: readonly string[], ownerId: string | null) =>
    assignAlerts(ctx, { network, ids: [...some], ownerId });
  return Object.assign(db, { ctx, clock, mara, view, ids, assign });
}

describe("assigning", () => {
  it("names the owner and leaves the alert in the queue until they take it", async () => {
    await using db = await aConsole();
    const [id = ""] = db.ids;
    expect(await db.assign([id], db.mara.actor.id)).toMatchObject([{ id, kind: "done" }]);
    expect(await db.view({ owner: "me" }, db.mara)).toMatchObject([{ id, acknowledgedAt: null }]);
    expect(await db.view({ owner: "me" })).toEqual([]);
    expect(await db.view({ owner: db.mara.actor.id })).toHaveLength(1);
    expect(await db.view({ owner: "none" })).toHaveLength(2);
    expect(await listOwners(db.ctx, { network })).toEqual([
      { id: db.mara.actor.id, name: "Somebody", open: 1 },
    ]);
    const { events } = await getAlert(db.ctx, { network, id });
    expect(events[0]).toMatchObject({ kind: "assigned", actor: "A operator", note: "to Somebody" });
    await acknowledgeAlerts(db.mara, { network, ids: [id] });
    expect(await db.view({ view: "acknowledged" })).toMatchObject([{ id, ownerId: db.mara.actor.id }]);
  });

  it("reports each failure, does the rest, and keeps what was before in the audit log", async () => {
    await using db = await aConsole();
    const [one = "", two = ""] = db.ids;
    await db.assign([one], db.mara.actor.id);
    const outcomes = await db.assign([one, two, "999"], db.mara.actor.id);
    expect(outcomes).toMatchObject([
      { kind: "refused", reason: "Somebody has it already." },
      { kind: "done" },
      { kind: "refused", reason: "There is no alert 999 here." },
    ]);
    const entries = await db.sql<{ before: object; after: object }>(
      "SELECT before, after FROM audit_entry WHERE action = 'alert.assign' ORDER BY id",
    );
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      before: { id: two, ownerName: null },
      after: { ownerName: "Somebody" },
    });
  });

  it("is told to whoever gets it, once for what is given at once, and not to who takes it themselves", async () => {
    await using db = await aConsole();
    await db.assign(db.ids, db.mara.actor.id);
    const told = async () =>
      (await listNotifications(db.mara, { limit: 10 })).rows.map(({ title, href }) => [title, href]);
    expect(await told()).toEqual([["A operator gave you 3 alerts", "/mainnet/alerts?owner=me"]]);
    await db.assign(db.ids, null);
    await assignAlerts(db.mara, { network, ids: db.ids, ownerId: db.mara.actor.id });
    expect(await told()).toHaveLength(1);
  });

  it("is only to somebody who may act there", async () => {
    await using db = await aConsole();
    const viewer = await aMember(db, [{ role: "viewer", network: null, environment: null }]);
    const ofProd = await aMember(db, [{ role: "operator", network: null, environment: "prod" }]);
    for (const { actor } of [viewer, ofProd])
      await expect(db.assign(db.ids, actor.id)).rejects.toMatchObject({ code: "invalid" });
    const list = (on: "mainnet" | "devnet") =>
      listAssignees(db.ctx, listAssigneesInput.parse({ network: on }));
    expect((await list("mainnet")).rows.map(({ id }) => id)).toEqual([db.mara.actor.id]);
    expect((await list("devnet")).rows).toEqual([]);
    await db.sql("UPDATE auth_user SET disabled_at = now() WHERE id = $1", [db.mara.actor.id]);
    expect((await list("mainnet")).rows).toEqual([]);
  });

  it("hands over what is acknowledged, but does not take it away; what is released keeps its assignment", async () => {
    await using db = await aConsole();
    const [one = "", two = ""] = db.ids;
    await acknowledgeAlerts(db.ctx, { network, ids: [one] });
    expect(await db.assign([one], db.mara.actor.id)).toMatchObject([{ kind: "done" }]);
    expect(await db.assign([one], null)).toMatchObject([{ kind: "refused" }]);
    await releaseAlerts(db.ctx, { network, ids: [one] });
    expect(await db.view({ owner: db.mara.actor.id })).toEqual([]);
    await db.assign([two], db.mara.actor.id);
    expect(await releaseAlerts(db.ctx, { network, ids: [two] })).toMatchObject([{ kind: "refused" }]);
    expect(await db.view({ owner: db.mara.actor.id })).toHaveLength(1);
  });

  it("lists people in pages, found by a part of their name", async () => {
    await using db = await aConsole();
    for (let n = 0; n < 4; n += 1) await aMember(db, onMainnet);
    const seen: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page = await listAssignees(db.ctx, { network, cursor, limit: 2 });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    const found = await listAssignees(db.ctx, { network, text: "MEBO", limit: 10 });
    expect(found.rows).toHaveLength(5);
    expect((await listAssignees(db.ctx, { network, text: "%", limit: 10 })).rows).toEqual([]);
  });
});
