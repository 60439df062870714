-- What dashboards may ask, one schema an audience (network): grafana_mainnet, grafana_testnet, grafana_devnet, each with the
-- same views of its own network only. A database role that may use one schema sees nothing of the others and none of the
-- tables (deploy/grafana/README.md makes such roles). Amounts stand as text beside the number that is drawn.

-- Latency in ms that a share q (0 to 1) of the requests in `cells` did not exceed: nearest rank over the bins of
-- server/kernel/latency.ts (relative error 2 %); null where nothing was measured.
CREATE FUNCTION cells_quantile_ms(cells bigint[], q double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 2 * power(1.02 / 0.98, bin - 1) / (1.02 / 0.98 + 1) / 1000
  FROM (
    SELECT bin, sum(requests) OVER (ORDER BY bin) AS seen, sum(requests) OVER () AS total
    FROM (
      SELECT ((packed >> 36) & 1023)::integer AS bin, sum(packed & 68719476735) AS requests
      FROM unnest(cells) AS packed WHERE ((packed >> 36) & 1023) > 0 GROUP BY 1
    ) AS bins
  ) AS ranked
  WHERE seen > q * (total - 1)
  ORDER BY bin LIMIT 1
$$;

-- Sketches of several rows as one: concatenation is a merge.
CREATE AGGREGATE cells_agg(bigint[]) (sfunc = cells_merge, stype = bigint[], initcond = '{}', parallel = safe);

DO $do$
DECLARE
  audience record;
BEGIN
  FOR audience IN SELECT * FROM (VALUES (1, 'devnet'), (2, 'testnet'), (3, 'mainnet')) AS known (id, name) LOOP
    EXECUTE format('CREATE SCHEMA grafana_%s', audience.name);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_node WITH (security_barrier) AS
      SELECT n.id AS node_id, n.node_key, coalesce(n.reported->>'host.name', n.registered->>'domain', n.registered->>'host', left(n.node_key, 10)) AS node,
             coalesce(n.reported->>'ddc.cluster.name', left(c.cluster_id, 10), 'none') AS cluster, c.cluster_id,
             coalesce(n.reported->>'cloud.region', 'unknown') AS region, n.provider,
             greatest(n.active_at, n.reported_at) AS heard_at, n.registered IS NOT NULL AND n.removed_at IS NULL AS is_registered
      FROM public.ddc_node n LEFT JOIN public.ddc_cluster c ON c.id = n.cluster
      WHERE n.network = %2$s
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_cluster WITH (security_barrier) AS
      SELECT c.id AS cluster_key, c.cluster_id,
             coalesce((SELECT n.reported->>'ddc.cluster.name' FROM public.ddc_node n
                       WHERE n.cluster = c.id AND n.reported ? 'ddc.cluster.name' LIMIT 1), left(c.cluster_id, 10)) AS cluster,
             (SELECT count(*) FROM public.ddc_node n WHERE n.cluster = c.id AND n.removed_at IS NULL) AS nodes
      FROM public.ddc_cluster c WHERE c.network = %2$s
    $view$, audience.name, audience.id);
    -- Requests by minute; `cells` is for cells_quantile_ms(cells_agg(cells), q).
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_network_minute WITH (security_barrier) AS
      SELECT at, requests, failures, read_bytes::double precision AS read_bytes, written_bytes::double precision AS written_bytes, cells
      FROM public.rollup_1m WHERE network = %2$s AND scope = 1 AND subject = 0
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_cluster_minute WITH (security_barrier) AS
      SELECT at, subject::integer AS cluster_key, requests, failures, read_bytes::double precision AS read_bytes,
             written_bytes::double precision AS written_bytes, cells
      FROM public.rollup_1m WHERE network = %2$s AND scope = 2
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_node_minute WITH (security_barrier) AS
      SELECT at, subject::integer AS node_id, requests, failures, read_bytes::double precision AS read_bytes,
             written_bytes::double precision AS written_bytes, cells
      FROM public.rollup_1m WHERE network = %2$s AND scope = 3
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_operation_minute WITH (security_barrier) AS
      SELECT r.at, (ARRAY['PUT', 'GET', 'DELETE', 'COMPUTE'])[(cell.packed >> 49)::integer + 1] AS operation,
             sum(cell.packed & 68719476735)::bigint AS requests
      FROM public.rollup_1m r CROSS JOIN LATERAL unnest(r.cells) AS cell (packed)
      WHERE r.network = %2$s AND r.scope = 1 AND r.subject = 0 GROUP BY 1, 2
    $view$, audience.name, audience.id);
    -- Means by minute of what nodes report; what was not reported is null.
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_reading_minute WITH (security_barrier) AS
      SELECT r.at, r.node AS node_id, r.cpu_sum / nullif(r.cpu_n, 0) AS cpu, r.memory_sum / nullif(r.memory_n, 0) AS memory,
             r.disk_sum / nullif(r.disk_n, 0) AS disk, r.disk_read_ms_sum / nullif(r.disk_read_ms_n, 0) AS disk_read_ms,
             r.net_in_bps_sum / nullif(r.net_in_bps_n, 0) AS net_in_bps, r.net_out_bps_sum / nullif(r.net_out_bps_n, 0) AS net_out_bps,
             r.stored_bytes_max AS stored_bytes, r.clock_skew_ms_sum / nullif(r.clock_skew_ms_n, 0) AS clock_skew_ms
      FROM public.reading_1m r JOIN public.ddc_node n ON n.id = r.node WHERE n.network = %2$s
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_ledger_hour WITH (security_barrier) AS
      SELECT at, kind, amount::text AS base_units, (amount / 10000000000)::double precision AS cere, entries
      FROM public.ledger_1h WHERE network = %2$s
    $view$, audience.name, audience.id);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_account_hour WITH (security_barrier) AS
      SELECT at, kind, account, amount, entries FROM public.ledger_account_1h WHERE network = %2$s
    $view$, audience.name, audience.id);
    -- What the console itself reads belongs to no network: counts by topic, never content.
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_ingest_second WITH (security_barrier) AS
      SELECT at, binding, topic, records, dead_letters, lag FROM public.ingest_rate
    $view$, audience.name);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_dead_letter WITH (security_barrier) AS
      SELECT at, binding, topic, reason, size_bytes FROM public.dead_letter
    $view$, audience.name);
  END LOOP;
END $do$;
