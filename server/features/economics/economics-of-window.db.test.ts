import { describe, expect, it } from "vitest";
import { networkByName } from "../../kernel/networks.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { economicsOfWindow } from "./economics-of-window.ts";

const at = new Date("2026-11-23T12:00:40.000Z");
const mainnet = networkByName("mainnet").id;
const window = { network: "mainnet" as const, from: new Date("2026-11-23T09:10:00Z"), to: at };

async function insertSource(
  db: TestDatabase,
  source: { state: string; reason?: string; projectedHeight?: number | null },
) {
  await db.sql(
    `INSERT INTO registry_source (network, family, state, reason, since, checked_at, identity, identity_reason, height,
       finalized_height, projected_height)
     VALUES ($1, 'ddc', $2, $3, $4, $4, 'unproven', '', 100, 98, $5)`,
    [
      mainnet,
      source.state,
      source.reason ?? null,
      at,
      source.projectedHeight === undefined ? 100 : source.projectedHeight,
    ],
  );
}

async function insertHour(
  db: TestDatabase,
  hour: { kind: string; at: string; amount: string; entries: number },
) {
  await db.sql("INSERT INTO ledger_1h (network, kind, at, amount, entries) VALUES ($1, $2, $3, $4, $5)", [
    mainnet,
    hour.kind,
    hour.at,
    hour.amount,
    hour.entries,
  ]);
}

describe("economicsOfWindow", () => {
  it("sums whole hours exactly, and says which hours", async () => {
    await using db = await testDatabase();
    await insertSource(db, { state: "ok" });
    await insertHour(db, { kind: "deposit", at: "2026-11-23T08:00:00Z", amount: "1", entries: 1 });
    await insertHour(db, {
      kind: "deposit",
      at: "2026-11-23T09:00:00Z",
      amount: "170141183460469231731687303715884105727",
      entries: 2,
    });
    await insertHour(db, { kind: "deposit", at: "2026-11-23T12:00:00Z", amount: "1", entries: 1 });
    await insertHour(db, { kind: "charge", at: "2026-11-23T11:00:00Z", amount: "7", entries: 3 });
    expect(await economicsOfWindow({ db, clock: fakeClock(at) }, window)).toEqual({
      state: "known",
      from: "2026-11-23T09:00:00.000Z",
      to: "2026-11-23T13:00:00.000Z",
      deposited: "170141183460469231731687303715884105728",
      deposits: 3,
      charged: "7",
      charges: 3,
      chargedAccounts: 0,
      caveats: [expect.stringContaining("at least"), expect.stringContaining("chain indexer")],
    });
  });

  it("keeps showing what is known while the indexer is away, and says as of when", async () => {
    await using db = await testDatabase();
    await insertSource(db, { state: "unreachable", reason: "The database refuses connections." });
    const answer = await economicsOfWindow({ db, clock: fakeClock(at) }, window);
    expect(answer).toMatchObject({
      state: "known",
      deposited: "0",
      caveats: [
        "As of #98: The database refuses connections.",
        expect.stringContaining("at least"),
        expect.stringContaining("chain indexer"),
      ],
    });
  });

  it.each([
    [
      "none is configured",
      { state: "absent", reason: "No ddc indexer is configured.", projectedHeight: null },
    ],
    [
      "it was refused from the start",
      { state: "refused", reason: "It is of testnet.", projectedHeight: null },
    ],
  ])("is absent, with the reason, when %s", async (_, source) => {
    await using db = await testDatabase();
    await insertSource(db, source);
    expect(await economicsOfWindow({ db, clock: fakeClock(at) }, window)).toEqual({
      state: "absent",
      why: source.reason,
    });
  });

  it("is absent before any worker looked", async () => {
    await using db = await testDatabase();
    expect(await economicsOfWindow({ db, clock: fakeClock(at) }, window)).toMatchObject({ state: "absent" });
  });
});
