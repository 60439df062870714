import type { NetworkName } from "../../../server/kernel/networks.ts";

type Registry = "nodes" | "clusters" | "buckets";

const columns: Record<Registry, string> = {
  nodes: "id, host, domain, ssl, http_port, grpc_port, p2p_port, mode, provider_id_id, cluster_id_id",
  clusters: "id, status, manager_id_id, replication_total, erasure_coding_required, erasure_coding_total",
  buckets: "id, owner_id_id, cluster_id_id, is_public, is_removed, created_at_block_height",
};
const tables: Record<Registry, string> = {
  nodes: "ddc_node",
  clusters: "ddc_cluster",
  buckets: "ddc_bucket",
};

/** What the chain knows of a list: its rows in the network's ddc indexer. `equal`: columns and what they have to be. */
export function registrySql(
  registry: Registry,
  network: NetworkName,
  equal: Readonly<Record<string, string | boolean | null | undefined>> = {},
): { text: string; where: string } {
  const conditions = Object.entries(equal).flatMap(([column, value]) =>
    value === null || value === undefined ? [] : [`${column} = ${literal(value)}`],
  );
  const where = conditions.length > 0 ? `\nWHERE ${conditions.join(" AND ")}` : "";
  return {
    text: `SELECT ${columns[registry]}\nFROM ${tables[registry]}${where}\nORDER BY id;`,
    where: `What the chain registered, in the ddc indexer of ${network}.`,
  };
}

function literal(value: string | boolean): string {
  return typeof value === "boolean" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
