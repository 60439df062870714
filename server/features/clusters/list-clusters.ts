import { z } from "zod";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import { inCount } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { loadFleet } from "../nodes/load-fleet.ts";
import { buildRow, presentNodes } from "./build-row.ts";
import { type ClusterPage, clusterIdSchema, type ListClustersInput } from "./schema.ts";
import { listIdentities, listLatencies } from "./store.ts";

/** Clusters of a network by their id, each with its nodes as they are now. */
export async function listClusters(ctx: Ctx, input: ListClustersInput): Promise<ClusterPage> {
  const network = networkByName(input.network).id;
  const at = ctx.clock.now();
  const after = input.cursor ? positionOf(input.cursor) : "";
  const [fleet, all] = await Promise.all([
    loadFleet(ctx, { network: input.network, at }),
    listIdentities(ctx.db, network),
  ]);
  const ahead = all.filter(({ clusterId }) => clusterId > after);
  const page = ahead.slice(0, input.limit);
  const latencies = await listLatencies(ctx.db, { network, ids: page.map(({ id }) => id), at });
  const nodesOf = Map.groupBy(fleet.rows, ({ clusterId }) => clusterId);
  const last = ahead.length > page.length ? page.at(-1) : undefined;
  const strays = presentNodes(nodesOf.get(null) ?? []).length;
  return {
    at: at.toISOString(),
    rows: page.map((identity) =>
      buildRow(identity, nodesOf.get(identity.clusterId) ?? [], latencies.get(identity.id)),
    ),
    next: last ? encodeCursor([last.clusterId]) : null,
    nodesWithoutCluster: strays,
    caveats:
      strays > 0
        ? [
            `${inCount(strays, "node")} of no known cluster: the public squid loses the cluster of a node, and telemetry names none.`,
          ]
        : [],
  };
}

const positionSchema = z.tuple([clusterIdSchema]);

function positionOf(cursor: string): string {
  const position = positionSchema.safeParse(decodeCursor(cursor, 1));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data[0];
}
