import { describe, expect, it } from "vitest";
import { aCtx, aPerson } from "../../testing/a-ctx.ts";
import { testDatabase } from "../../testing/database.ts";
import { insertPerson } from "../../testing/insert-person.ts";
import { keptRecents, listMarks } from "./list-marks.ts";
import { pinMark } from "./pin-mark.ts";
import { rememberMark } from "./remember-mark.ts";

async function somebody() {
  const db = await testDatabase();
  const { id, email } = await insertPerson(db);
  const actor = { ...aPerson([{ role: "viewer" as const, network: null, environment: null }]), id, email };
  return Object.assign(db, { ctx: aCtx({ db, actor }) });
}

const mark = (at: number) => ({ href: `/mainnet/nodes/${at}`, kind: "node", label: `s${at}`, detail: "" });

describe("what was opened and pinned in the palette", () => {
  it("keeps the newest, each once, and all that are pinned", async () => {
    await using db = await somebody();
    await pinMark(db.ctx, { ...mark(0), isPinned: true });
    for (let at = 1; at <= keptRecents + 3; at++) await rememberMark(db.ctx, mark(at));
    await rememberMark(db.ctx, mark(5));
    const marks = await listMarks(db.ctx);
    expect(marks.filter(({ isPinned }) => isPinned).map(({ label }) => label)).toEqual(["s0"]);
    expect(marks).toHaveLength(keptRecents + 1);
    expect(new Set(marks.map(({ href }) => href)).size).toBe(marks.length);
  });

  it("lets a pin go, belongs to one person, and is in the audit log, which looking around is not", async () => {
    await using db = await somebody();
    await pinMark(db.ctx, { ...mark(1), isPinned: true });
    const [after] = await pinMark(db.ctx, { ...mark(1), isPinned: false });
    expect(after).toMatchObject({ isPinned: false });
    const other = aCtx({ db });
    expect(await listMarks(other)).toEqual([]);
    await rememberMark(db.ctx, mark(2));
    const audit = await db.prisma.auditEntry.findMany({ where: { action: { startsWith: "palette" } } });
    expect(audit.map(({ action }) => action)).toEqual(["palette.pin", "palette.pin"]);
  });
});
