import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Sql } from "../../ports/database.ts";
import { listSources } from "../registry/list-sources.ts";
import { ledgerAbsence, ledgerCaveats, wholeHours } from "./rules.ts";
import type { EconomicsWindow } from "./schema.ts";

export type EconomicsQuery = { network: NetworkName; from: Date; to: Date };

/** What a network deposited and was charged in the hours that the window touches. */
export async function economicsOfWindow(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, from, to }: EconomicsQuery,
): Promise<EconomicsWindow> {
  const sources = await listSources(ctx, { network });
  const source = sources.find(({ family }) => family === "ddc");
  const why = ledgerAbsence(network, source);
  if (why !== null) return { state: "absent", why };
  const hours = wholeHours(from, to);
  const sums = await sumLedger(ctx.db.sql, networkByName(network).id, hours);
  return {
    state: "known",
    from: hours.from.toISOString(),
    to: hours.to.toISOString(),
    ...sums,
    caveats: ledgerCaveats(source),
  };
}

type Sums = {
  deposited: string;
  deposits: number;
  charged: string;
  charges: number;
  chargedAccounts: number;
};

async function sumLedger(sql: Sql, network: number, { from, to }: { from: Date; to: Date }): Promise<Sums> {
  const [row] = await sql<Sums>(
    `SELECT coalesce(sum(amount) FILTER (WHERE kind = 'deposit'), 0) AS deposited,
            coalesce(sum(entries) FILTER (WHERE kind = 'deposit'), 0)::integer AS deposits,
            coalesce(sum(amount) FILTER (WHERE kind = 'charge'), 0) AS charged,
            coalesce(sum(entries) FILTER (WHERE kind = 'charge'), 0)::integer AS charges,
            (SELECT count(DISTINCT account) FROM ledger_account_1h
             WHERE network = $1 AND kind = 'charge' AND at >= $2 AND at < $3)::integer AS "chargedAccounts"
     FROM ledger_1h WHERE network = $1 AND kind IN ('deposit', 'charge') AND at >= $2 AND at < $3`,
    [network, from, to],
  );
  return row ?? { deposited: "0", deposits: 0, charged: "0", charges: 0, chargedAccounts: 0 };
}
