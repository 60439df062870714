-- Lineage: who made what out of what, and who used it. Codes of kinds and grades: server/features/lineage/graph-words.ts.

-- OpenLineage events as they came; the same event again is the same row.
CREATE TABLE lineage_event (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network       smallint NOT NULL,
  digest        bytea NOT NULL,             -- first 16 bytes of SHA-256 of the body
  kind          text NOT NULL CHECK (kind IN ('run', 'dataset', 'job')),
  event_time    timestamptz(6) NOT NULL,    -- as the producer says
  received_at   timestamptz(3) NOT NULL,
  topic         text,                       -- null = it came by HTTP
  partition     integer,
  kafka_offset  bigint,
  body          json NOT NULL,              -- json, not jsonb: every digit and facet as it was written
  UNIQUE (network, digest)
);

CREATE TABLE lineage_node (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network       smallint NOT NULL,
  kind          smallint NOT NULL,
  key           text NOT NULL CHECK (octet_length(key) <= 2400),
  first_at      timestamptz(6) NOT NULL,    -- earliest time that anything says of it
  -- What people search: the name without its namespace.
  name          text NOT NULL GENERATED ALWAYS AS (lower(left(substr(key, strpos(key, ' ') + 1), 200))) STORED,
  UNIQUE (network, kind, key)
);
CREATE INDEX lineage_node_name ON lineage_node (network, name text_pattern_ops);
CREATE INDEX lineage_node_new ON lineage_node (network, kind, id DESC);

-- A run's state is a function of the set of its events, whatever their order: see run-state.ts.
CREATE TABLE lineage_run (
  node          bigint PRIMARY KEY REFERENCES lineage_node (id),
  job           bigint NOT NULL REFERENCES lineage_node (id),
  state         text NOT NULL,
  state_rank    smallint NOT NULL,
  state_at      timestamptz(6) NOT NULL,
  first_at      timestamptz(6) NOT NULL,
  started_at    timestamptz(6),
  ended_at      timestamptz(6)
);
CREATE INDEX lineage_run_job ON lineage_run (job, first_at DESC);

-- Every distinct body that a facet has had. `run` is the run that said it of an input or an output; 0 = none.
CREATE TABLE lineage_facet (
  node          bigint NOT NULL REFERENCES lineage_node (id),
  run           bigint NOT NULL DEFAULT 0,
  scope         smallint NOT NULL,          -- 0 of the thing itself, 1 as an input, 2 as an output
  name          text NOT NULL,
  digest        bytea NOT NULL,
  first_at      timestamptz(6) NOT NULL,
  last_at       timestamptz(6) NOT NULL,
  event         bigint NOT NULL REFERENCES lineage_event (id),
  body          json NOT NULL,
  PRIMARY KEY (node, scope, name, run, digest)
);

-- A field of an output, and a field that it was made from. An empty to_field: the whole dataset depends on it.
CREATE TABLE lineage_column (
  to_node       bigint NOT NULL REFERENCES lineage_node (id),
  to_field      text NOT NULL,
  from_node     bigint NOT NULL REFERENCES lineage_node (id),
  from_field    text NOT NULL,
  first_at      timestamptz(6) NOT NULL,
  last_at       timestamptz(6) NOT NULL,
  event         bigint NOT NULL REFERENCES lineage_event (id),
  transformations json NOT NULL,
  PRIMARY KEY (to_node, to_field, from_node, from_field)
);
CREATE INDEX lineage_column_from ON lineage_column (from_node, from_field);

-- Data flows from `from_node` to `to_node`. valid_to is exclusive; infinity = still so.
CREATE TABLE lineage_edge (
  from_node     bigint NOT NULL REFERENCES lineage_node (id),
  to_node       bigint NOT NULL REFERENCES lineage_node (id),
  valid_from    timestamptz(6) NOT NULL,
  valid_to      timestamptz(6) NOT NULL DEFAULT 'infinity',
  event         bigint REFERENCES lineage_event (id),
  network       smallint NOT NULL,
  kind          smallint NOT NULL,
  grade         smallint NOT NULL,
  evidence      jsonb,                      -- of edges that no OpenLineage event says
  PRIMARY KEY (from_node, to_node, kind)
);
-- Newest first, with all that a walk asks of an edge.
CREATE INDEX lineage_edge_down ON lineage_edge (from_node, valid_from DESC, to_node) INCLUDE (valid_to, grade);
CREATE INDEX lineage_edge_up ON lineage_edge (to_node, valid_from DESC, from_node) INCLUDE (valid_to, grade);

-- Up to which moment each source of edges has been read.
CREATE TABLE lineage_cursor (
  network       smallint NOT NULL,
  source        text NOT NULL,
  at            timestamptz(3) NOT NULL,
  PRIMARY KEY (network, source)
);

-- Breadth first from one node: of each node its `width` newest edges (`wide` nodes: ten times as many), no more than
-- `most` nodes in all, the root included. `grades` has a bit for each grade that counts. Each level costs at most (nodes of the level) x width index entries.
CREATE FUNCTION lineage_walk(root bigint, is_forward boolean, depth integer, width integer, most integer,
    as_of timestamptz, grades integer, wide bigint[])
  RETURNS TABLE (node bigint, hop integer) LANGUAGE plpgsql STABLE AS $$
DECLARE
  seen bigint[] := ARRAY[root];
  level bigint[] := ARRAY[root];
  found bigint[];
BEGIN
  node := root;
  hop := 0;
  RETURN NEXT;
  FOR step IN 1..depth LOOP
    IF is_forward THEN
      SELECT array_agg(next.id) INTO found FROM (
        SELECT near.id FROM unnest(level) WITH ORDINALITY AS here (id, place)
        CROSS JOIN LATERAL (
          SELECT edge.to_node AS id, edge.valid_from FROM lineage_edge AS edge
          WHERE edge.from_node = here.id AND edge.valid_from <= as_of AND edge.valid_to > as_of
            AND (1 << edge.grade) & grades <> 0
          ORDER BY edge.valid_from DESC LIMIT CASE WHEN here.id = ANY (wide) THEN width * 10 ELSE width END) AS near
        WHERE near.id <> ALL (seen)
        GROUP BY near.id ORDER BY min(here.place), max(near.valid_from) DESC, near.id
        LIMIT most - cardinality(seen)) AS next;
    ELSE
      SELECT array_agg(next.id) INTO found FROM (
        SELECT near.id FROM unnest(level) WITH ORDINALITY AS here (id, place)
        CROSS JOIN LATERAL (
          SELECT edge.from_node AS id, edge.valid_from FROM lineage_edge AS edge
          WHERE edge.to_node = here.id AND edge.valid_from <= as_of AND edge.valid_to > as_of
            AND (1 << edge.grade) & grades <> 0
          ORDER BY edge.valid_from DESC LIMIT CASE WHEN here.id = ANY (wide) THEN width * 10 ELSE width END) AS near
        WHERE near.id <> ALL (seen)
        GROUP BY near.id ORDER BY min(here.place), max(near.valid_from) DESC, near.id
        LIMIT most - cardinality(seen)) AS next;
    END IF;
    EXIT WHEN found IS NULL;
    seen := seen || found;
    level := found;
    FOREACH node IN ARRAY found LOOP
      hop := step;
      RETURN NEXT;
    END LOOP;
    EXIT WHEN cardinality(seen) >= most;
  END LOOP;
END $$;
