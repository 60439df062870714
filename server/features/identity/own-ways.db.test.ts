import { expect, it } from "vitest";
import { toSs58 } from "../../kernel/ss58.ts";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { linkWay } from "./link-way.ts";
import { listOwnWays } from "./list-own-ways.ts";
import { unlinkWay } from "./unlink-way.ts";

const account = `0x${"ab".repeat(32)}`;

it("lists every way with what it is known by", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  const ctx = aCtx({ db, actor: { ...aPerson([]), id: person.id } });
  await linkWay(ctx, { provider: "wallet", account, detail: "sr25519" });
  await linkWay(ctx, { provider: "oidc", account: "https://id.test subject", detail: "ana@test.local" });
  const { ways, secondFactor, providerName } = await listOwnWays(ctx);
  expect(new Map(ways.map(({ kind, detail }) => [kind, detail]))).toEqual(
    new Map([
      ["password", null],
      ["wallet", toSs58(account)],
      ["oidc", "ana@test.local"],
    ]),
  );
  expect([secondFactor, providerName]).toEqual([null, null]);
});

it("keeps the last way, also when two are taken off at once", async () => {
  await using db = await testDatabase();
  const person = await insertPerson(db);
  const ctx = aCtx({ db, actor: { ...aPerson([]), id: person.id } });
  await linkWay(ctx, { provider: "wallet", account, detail: "sr25519" });
  const { ways } = await listOwnWays(ctx);
  const results = await Promise.allSettled(ways.map(({ id }) => unlinkWay(ctx, { wayId: id })));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [left] = (await listOwnWays(ctx)).ways;
  await expect(unlinkWay(ctx, { wayId: left?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
});
