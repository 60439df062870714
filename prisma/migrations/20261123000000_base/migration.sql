-- Networks are smallints everywhere hot: 1 devnet, 2 testnet, 3 mainnet (server/kernel/networks.ts).

-- A DDC cluster, as the chain registered it. The row exists as soon as anything names the cluster.
CREATE TABLE ddc_cluster (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network       smallint NOT NULL,
  cluster_id    text NOT NULL CHECK (cluster_id ~ '^0x[0-9a-f]{40}$'),
  registered    jsonb,                      -- parameters and status as the indexer has them; null = not registered
  registered_at_height integer,
  seen_at       timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (network, cluster_id)
);

-- A storage node: one small integer for the hot tables. Created by whoever hears of the node first
-- (chain projector, activity or telemetry); `registered` stays null until the chain names it.
CREATE TABLE ddc_node (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network       smallint NOT NULL,
  node_key      text NOT NULL CHECK (node_key ~ '^0x[0-9a-f]{64}$'),
  cluster       integer REFERENCES ddc_cluster (id),
  provider      text,                       -- SS58, prefix 54
  registered    jsonb,                      -- host, domain, ssl, ports, mode as the indexer has them
  registered_at_height integer,
  removed_at    timestamptz(3),             -- gone from the chain since
  reported      jsonb,                      -- last resource attributes of its telemetry: host name, version, region, link …
  reported_at   timestamptz(3),             -- time of the newest telemetry reading
  active_at     timestamptz(3),             -- time of the newest activity record
  seen_at       timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (network, node_key)
);
CREATE INDEX ddc_node_cluster ON ddc_node (cluster);

-- Accounts that sign requests, resolved to small integers for the activity table.
CREATE TABLE ddc_client (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_key    bytea NOT NULL UNIQUE CHECK (octet_length(public_key) <= 64)
);

-- One row a DDC activity record, at the record's own time; partitioned by day. Columns go from wide to narrow, so that
-- no byte is lost to alignment. u64 values (bucket) are stored as the same 64 bits in a bigint: read them with u64(bucket).
CREATE TABLE activity (
  at            timestamptz(3) NOT NULL,
  bucket        bigint NOT NULL,
  bytes         bigint NOT NULL,            -- stored or delivered, by the acknowledgement where there is one
  size          bigint,                     -- asked for
  byte_offset   bigint,
  cid_prefix    bigint,                     -- first 64 bits of the digest, for look-up
  kafka_offset  bigint NOT NULL,
  node          integer NOT NULL,
  client        integer,
  latency_us    integer,
  source        integer NOT NULL,           -- ingest_offset.id: topic and partition that kafka_offset counts in
  network       smallint NOT NULL,
  operation     smallint NOT NULL,          -- 0 put 1 get 2 delete 3 compute
  status        smallint NOT NULL,          -- 0 ok 1 not_found 2 internal 3 unavailable 4 aborted 5 unknown
  content_type  smallint NOT NULL,          -- 0 piece 1 segment 2 merkle_tree 3 metadata 4 none
  cid           bytea                       -- 36 bytes
) PARTITION BY RANGE (at);
CREATE INDEX activity_at ON activity USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX activity_bucket_at ON activity (bucket, at);
CREATE INDEX activity_cid ON activity (cid_prefix);

CREATE FUNCTION u64(value bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value < 0 THEN value::numeric + 18446744073709551616 ELSE value::numeric END;

-- Rollups: one row per subject and window. `cells` counts requests by operation, status and latency bin
-- (server/kernel/cells.ts); concatenation is a merge, equal cells add up when read.
-- scope: 1 network (subject 0) · 2 cluster (ddc_cluster.id) · 3 node (ddc_node.id) · 4 bucket (the u64's bits)
CREATE FUNCTION cells_compact(cells bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg((cell << 36) | requests ORDER BY cell), '{}')
  FROM (SELECT packed >> 36 AS cell, sum(packed & 68719476735)::bigint AS requests
        FROM unnest(cells) AS packed GROUP BY 1) AS summed
$$;
CREATE FUNCTION cells_merge(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN cardinality(a) + cardinality(b) > 384 THEN cells_compact(a || b) ELSE a || b END;

DO $$
DECLARE grain text;
BEGIN
  FOREACH grain IN ARRAY ARRAY['1s', '1m', '1h', '1d'] LOOP
    EXECUTE format($table$
      CREATE TABLE rollup_%1$s (
        network       smallint NOT NULL,
        scope         smallint NOT NULL,
        subject       bigint NOT NULL,
        at            timestamptz(0) NOT NULL,
        requests      bigint NOT NULL,
        failures      bigint NOT NULL,
        read_bytes    numeric(39,0) NOT NULL,
        written_bytes numeric(39,0) NOT NULL,
        cells         bigint[] NOT NULL,
        PRIMARY KEY (scope, network, subject, at)
      ) PARTITION BY RANGE (at)$table$, grain);
  END LOOP;
END $$;

-- What nodes report about themselves, per window: sum and number of readings (average = sum / n) and the highest.
-- Missing stays null; it is never 0. ratios 0 to 1, bytes, bits per second, milliseconds.
DO $$
DECLARE
  grain text;
  gauge text;
  columns text := '';
BEGIN
  FOREACH gauge IN ARRAY ARRAY['cpu', 'memory', 'disk', 'load_1m', 'cpu_cores', 'memory_bytes', 'disk_total_bytes',
      'disk_used_bytes', 'disk_read_ms', 'net_in_bps', 'net_out_bps', 'link_bps', 'stored_bytes', 'pieces',
      'clock_skew_ms'] LOOP
    columns := columns || format(', %1$s_sum double precision, %1$s_n integer, %1$s_max double precision', gauge);
  END LOOP;
  FOREACH grain IN ARRAY ARRAY['1s', '1m', '1h', '1d'] LOOP
    EXECUTE format('CREATE TABLE reading_%s (node integer NOT NULL, at timestamptz(0) NOT NULL%s, PRIMARY KEY (node, at)) PARTITION BY RANGE (at)',
      grain, columns);
  END LOOP;
END $$;

-- Exactly once: the next offset to read, advanced by compare-and-set in the transaction that stores the records.
CREATE TABLE ingest_offset (
  id            integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  topic         text NOT NULL,
  partition     integer NOT NULL,
  next_offset   bigint NOT NULL,
  high_watermark bigint,
  records       bigint NOT NULL DEFAULT 0,  -- stored; repeats and dead letters are not in it
  dead_letters  bigint NOT NULL DEFAULT 0,
  duplicates    bigint NOT NULL DEFAULT 0,
  record_at     timestamptz(3),             -- newest record time seen
  updated_at    timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- 64-bit names of the records that were stored last, so that a repeat is recognised after a restart too.
CREATE TABLE ingest_recent (
  source        integer NOT NULL REFERENCES ingest_offset (id),
  first_offset  bigint NOT NULL,
  names         bytea NOT NULL,             -- 8 bytes a record
  PRIMARY KEY (source, first_offset)
);
ALTER TABLE ingest_recent ALTER COLUMN names SET STORAGE EXTERNAL;

-- Per topic and second: what ingest did. Feeds the status bar, the overview and /metrics.
CREATE TABLE ingest_rate (
  binding       text NOT NULL,
  topic         text NOT NULL,
  at            timestamptz(0) NOT NULL,
  records       bigint NOT NULL,
  dead_letters  bigint NOT NULL,
  lag           bigint,                     -- records behind the high watermark, summed over partitions
  PRIMARY KEY (topic, at)
) WITH (fillfactor = 50);

-- One row a running ingest worker, renewed every second: a worker that is not heard of for 10 s is gone.
CREATE TABLE ingest_worker (
  id            uuid PRIMARY KEY,
  host          text NOT NULL,
  process       integer NOT NULL,
  started_at    timestamptz(3) NOT NULL,
  heard_at      timestamptz(3) NOT NULL,
  state         text NOT NULL CHECK (state IN ('ok', 'degraded', 'down')),
  reason        text,                       -- in words for a person; null when all is well
  since         timestamptz(3),
  partitions    jsonb NOT NULL              -- {"<topic>": [0, 1, …]}
) WITH (fillfactor = 50);

-- Records that could not be read, with the reason. A batch that cannot be opened is one row for its range of offsets.
CREATE TABLE dead_letter (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  binding       text NOT NULL,
  topic         text NOT NULL,
  partition     integer NOT NULL,
  kafka_offset  bigint NOT NULL,
  last_offset   bigint NOT NULL,            -- the same, but for a range
  reason        text NOT NULL,
  size_bytes    bigint NOT NULL,
  at            timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (topic, partition, kafka_offset)
);

-- The counters that a node reported last, per series: rates are differences, also over a restart of ingest.
CREATE TABLE telemetry_counter (
  node          integer PRIMARY KEY REFERENCES ddc_node (id),
  series        jsonb NOT NULL              -- {"<metric>|<device>|<direction>": [value, time in ms, start in ms]}
);

-- Settings that a person may change at run time; absent = the default in code.
CREATE TABLE setting (
  key           text PRIMARY KEY,
  value         jsonb NOT NULL,
  updated_at    timestamptz(3) NOT NULL DEFAULT now(),
  updated_by    text NOT NULL
);

-- Every change, who made it, with what came before and after. Append-only.
CREATE TABLE audit_entry (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind    text NOT NULL,
  actor_id      text NOT NULL,
  actor_name    text NOT NULL,
  action        text NOT NULL,
  subject       text NOT NULL,
  network       smallint,
  before        jsonb,
  after         jsonb,
  reason        text,
  request_id    text NOT NULL,
  address       text
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
