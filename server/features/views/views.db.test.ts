import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { deleteView } from "./delete-view.ts";
import { listViews } from "./list-views.ts";
import { saveView } from "./save-view.ts";
import { updateView } from "./update-view.ts";

async function aMember(db: TestDatabase) {
  const { id, email } = await insertPerson(db);
  const actor = { ...aPerson([{ role: "viewer" as const, network: null, environment: null }]), id, email };
  return aCtx({ db, actor });
}

const slow = { page: "nodes", name: "Slow ones", query: "sort=-p99", isShared: false, isDefault: false };
const audited = (db: TestDatabase) =>
  db.prisma.auditEntry.findMany({ where: { action: { startsWith: "view." } }, orderBy: { id: "asc" } });

describe("saved views", () => {
  it("are one's own until they are shared, and only the owner changes them", async () => {
    await using db = await testDatabase();
    const [mine, theirs] = [await aMember(db), await aMember(db)];
    const [view] = await saveView(mine, slow);
    const id = view?.id ?? "";
    expect(await listViews(theirs)).toEqual([]);
    await updateView(mine, { id, isShared: true });
    expect(await listViews(theirs)).toMatchObject([{ name: "Slow ones", isOwn: false, isDefault: false }]);
    await expect(updateView(theirs, { id, name: "Theirs" })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteView(theirs, { id })).rejects.toMatchObject({ code: "not_found" });
  });

  it("are in the audit log as far as others see them", async () => {
    await using db = await testDatabase();
    const mine = await aMember(db);
    const [view] = await saveView(mine, slow);
    const id = view?.id ?? "";
    await updateView(mine, { id, query: "sort=-cpu" });
    expect(await audited(db)).toEqual([]);
    await updateView(mine, { id, isShared: true });
    await deleteView(mine, { id });
    expect((await audited(db)).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      {
        action: "view.update",
        before: { name: "Slow ones", query: "sort=-cpu", isShared: false },
        after: { name: "Slow ones", query: "sort=-cpu", isShared: true },
      },
      {
        action: "view.delete",
        before: { name: "Slow ones", query: "sort=-cpu", isShared: true },
        after: null,
      },
    ]);
  });

  it("have one default a page, and each name once", async () => {
    await using db = await testDatabase();
    const mine = await aMember(db);
    await saveView(mine, { ...slow, isDefault: true });
    await saveView(mine, { ...slow, name: "Full ones", query: "sort=-disk", isDefault: true });
    await saveView(mine, { ...slow, page: "clusters", isDefault: true });
    const defaults = (await listViews(mine)).filter(({ isDefault }) => isDefault);
    expect(defaults.map(({ page, name }) => `${page}: ${name}`)).toEqual([
      "clusters: Slow ones",
      "nodes: Full ones",
    ]);
    await expect(saveView(mine, slow)).rejects.toMatchObject({ code: "conflict" });
    const full = defaults.find(({ name }) => name === "Full ones");
    await expect(updateView(mine, { id: full?.id ?? "", name: "Slow ones" })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
