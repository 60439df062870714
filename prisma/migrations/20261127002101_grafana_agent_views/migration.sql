-- What dashboards may ask about agents. Agents belong to no network, so every audience has the same views: counts, times
-- and names, never what a job was given or gave. `agent` is the alias with the start of its service's key, as no two share.
DO $do$
DECLARE
  audience text;
BEGIN
  FOREACH audience IN ARRAY ARRAY['devnet', 'testnet', 'mainnet'] LOOP
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_agent WITH (security_barrier) AS
      SELECT a.alias || ' (' || left(a.agent_service, 6) || ')' AS agent, a.id AS agent_id, a.versions, a.latest_semver,
             a.latest_state, a.is_archived
      FROM public.agent a
    $view$, audience);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_agent_slot WITH (security_barrier) AS
      SELECT s.at, s.agent_id, s.environment, s.version, coalesce(v.semver, left(s.version, 12)) AS semver, s.finished, s.failed
      FROM public.agent_slot s LEFT JOIN public.agent_version v ON v.agent_id = s.agent_id AND v.cid = s.version
    $view$, audience);
    -- `cells` is for cells_quantile_ms(cells_agg(cells), q): the bins of a slot, packed as in the rollups.
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_agent_latency WITH (security_barrier) AS
      SELECT at, agent_id, environment, version, array_agg((bin::bigint << 36) | count) AS cells
      FROM public.agent_latency GROUP BY at, agent_id, environment, version
    $view$, audience);
    EXECUTE format($view$
      CREATE VIEW grafana_%1$s.grafana_agent_instance WITH (security_barrier) AS
      SELECT agent_id, environment, instance, region, heard_at, generation, fault IS NOT NULL AS is_faulty
      FROM public.agent_instance
    $view$, audience);
    EXECUTE format($rights$
      DO $inner$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'grafana_%1$s') THEN
          GRANT SELECT ON ALL TABLES IN SCHEMA grafana_%1$s TO grafana_%1$s;
        END IF;
      END $inner$
    $rights$, audience);
  END LOOP;
END $do$;
