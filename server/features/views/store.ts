import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { type AuditRecord, recordAudit } from "../audit/record-audit.ts";
import type { SavedViewRow } from "./schema.ts";

const mostOwned = 200;

/** The person's own views and those that others share, by page and name. */
export async function readViews(db: Pick<Transaction, "savedView">, userId: string): Promise<SavedViewRow[]> {
  const views = await db.savedView.findMany({
    where: { OR: [{ ownerId: userId }, { isShared: true }] },
    include: { owner: { select: { name: true } } },
    orderBy: [{ page: "asc" }, { name: "asc" }, { id: "asc" }],
    take: 2_000,
  });
  return views.map(({ id, page, name, query, isShared, isDefault, ownerId, owner }) => {
    const isOwn = ownerId === userId;
    return { id, page, name, query, isShared, isDefault: isOwn && isDefault, isOwn, ownerName: owner.name };
  });
}

/** A view of somebody else is not found: whether it exists is nobody's business. */
export async function getOwnView(tx: Transaction, userId: string, id: string) {
  const view = await tx.savedView.findFirst({ where: { id, ownerId: userId } });
  if (!view) throw notFound("view of yours", id);
  return view;
}

export async function requireFreeName(
  tx: Transaction,
  view: { ownerId: string; page: string; name: string; id?: string },
): Promise<void> {
  const { ownerId, page, name, id } = view;
  const same = await tx.savedView.findFirst({
    where: { ownerId, page, name, ...(id && { id: { not: id } }) },
  });
  if (same)
    throw conflict(`A view of yours is called “${name}” already. Choose another name, or change that one.`);
  if (!id && (await tx.savedView.count({ where: { ownerId } })) >= mostOwned)
    throw conflict(`You keep ${mostOwned} views. Delete one before you save another.`);
}

/** A page has one default a person. */
export async function clearDefault(tx: Transaction, ownerId: string, page: string): Promise<void> {
  await tx.savedView.updateMany({ where: { ownerId, page, isDefault: true }, data: { isDefault: false } });
}

type Shown = { name: string; query: string; isShared: boolean };

/** Only what others see, or saw until now, concerns others. */
export async function auditShared(
  tx: Transaction,
  ctx: Ctx,
  change: { action: string; id: string; before: Shown | null; after: Shown | null },
): Promise<void> {
  const { action, id, before, after } = change;
  if (!before?.isShared && !after?.isShared) return;
  const record: AuditRecord = { action, subject: `view:${id}`, before: shown(before), after: shown(after) };
  await recordAudit(tx, ctx, record);
}

function shown(view: Shown | null): Shown | null {
  return view && { name: view.name, query: view.query, isShared: view.isShared };
}
