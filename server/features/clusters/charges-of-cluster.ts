import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { ledgerAbsence, wholeHours } from "../economics/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { ClusterCharges } from "./schema.ts";

export type ChargesQuery = { network: NetworkName; cluster: number; from: Date; to: Date };

/** Charges of the accounts that own buckets in a cluster, in the hours that the window touches. */
export async function chargesOfCluster(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, cluster, from, to }: ChargesQuery,
): Promise<ClusterCharges> {
  const sources = await listSources(ctx, { network });
  const why = ledgerAbsence(
    network,
    sources.find(({ family }) => family === "ddc"),
  );
  if (why !== null) return { state: "not_indexed", reason: why };
  const hours = wholeHours(from, to);
  const [sums] = await ctx.db.sql<Sums>(statement, [
    networkByName(network).id,
    cluster,
    hours.from,
    hours.to,
  ]);
  return { state: "allocated", ...(sums ?? nothing) };
}

type Sums = Omit<Extract<ClusterCharges, { state: "allocated" }>, "state">;
const nothing: Sums = { attributed: "0", attributedAccounts: 0, shared: "0", sharedAccounts: 0 };

/** An account belongs to the cluster alone when none of its buckets, removed ones too, is or was anywhere else. */
const statement = `
  WITH owners AS (
    SELECT b.owner AS account,
           NOT EXISTS (SELECT FROM ddc_bucket o WHERE o.network = $1 AND o.owner = b.owner
                         AND o.cluster IS DISTINCT FROM $2) AS is_only_here
    FROM ddc_bucket b WHERE b.network = $1 AND b.cluster = $2 AND b.owner IS NOT NULL GROUP BY b.owner
  ), charged AS (
    SELECT l.account, o.is_only_here, sum(l.amount) AS amount
    FROM ledger_account_1h l JOIN owners o USING (account)
    WHERE l.network = $1 AND l.kind = 'charge' AND l.at >= $3 AND l.at < $4
    GROUP BY 1, 2
  )
  SELECT coalesce(sum(amount) FILTER (WHERE is_only_here), 0) AS attributed,
         count(*) FILTER (WHERE is_only_here)::integer AS "attributedAccounts",
         coalesce(sum(amount) FILTER (WHERE NOT is_only_here), 0) AS shared,
         count(*) FILTER (WHERE NOT is_only_here)::integer AS "sharedAccounts"
  FROM charged`;
