import { conflict, notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";

export type LockedMaintenance = {
  title: string;
  rule: string | null;
  names: string | null;
  time: unknown;
  revision: number;
  closesAt: Date;
  changedBy: string;
  endedBy: string | null;
};

/** The window as it stands, kept from others until the transaction ends; one that is over is no longer changed. */
export async function lockMaintenance(
  tx: Transaction,
  { network, id, at }: { network: NetworkName; id: string; at: Date },
): Promise<LockedMaintenance> {
  const rows = await tx.$queryRaw<LockedMaintenance[]>`
    SELECT title, rule, names, time, revision, closes_at AS "closesAt", changed_by AS "changedBy", ended_by AS "endedBy"
    FROM maintenance_window WHERE network = ${networkByName(network).id} AND id = ${id}::bigint FOR UPDATE`;
  const [window] = rows;
  if (!window) throw notFound("maintenance window", id);
  if (window.endedBy !== null) throw conflict(`${window.endedBy} ended this window already.`);
  if (window.closesAt <= at) throw conflict("This window is over.");
  return window;
}
