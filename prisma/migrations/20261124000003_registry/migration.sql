-- The other way of u64(): the 64 bits of an unsigned number as a bigint.
CREATE FUNCTION u64_bits(value numeric) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value >= 9223372036854775808 THEN (value - 18446744073709551616)::bigint ELSE value::bigint END;

-- A bucket as the indexer has it. `bucket` is the u64's bits, as in activity and in rollups of scope 4.
CREATE TABLE ddc_bucket (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,
  owner         text,                       -- SS58, prefix 54
  cluster       integer REFERENCES ddc_cluster (id),
  is_public     boolean NOT NULL,
  is_removed    boolean NOT NULL,
  created_at_height integer,                -- null where the indexer lost it
  created_at    timestamptz(3),
  seen_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (network, bucket)
);
CREATE INDEX ddc_bucket_cluster ON ddc_bucket (cluster);
CREATE INDEX ddc_bucket_owner ON ddc_bucket (network, owner);

-- How each indexer family of each network is: the one place that the status bar and the pages ask.
CREATE TABLE registry_source (
  network       smallint NOT NULL,
  family        text NOT NULL,
  state         text NOT NULL CHECK (state IN ('ok', 'stalled', 'unreachable', 'refused', 'absent')),
  reason        text,                       -- a sentence for a person; null when all is well
  since         timestamptz(3) NOT NULL,    -- of this state
  checked_at    timestamptz(3) NOT NULL,
  height        integer,                    -- newest block, final or not
  finalized_height integer,
  finalized_hash text,
  hot_blocks    integer,
  advanced_at   timestamptz(3),             -- when the height was last seen to grow
  head_estimate integer,
  lag_blocks    integer,
  lag_ms        bigint,
  identity      text NOT NULL CHECK (identity IN ('proved', 'unproven', 'refused')),
  identity_reason text NOT NULL,
  projected_height integer,                 -- ddc: height of the snapshot that nodes and clusters show
  projected_at  timestamptz(3),
  unreadable    integer NOT NULL DEFAULT 0, -- ddc: rows whose id is neither SS58 nor hex
  PRIMARY KEY (network, family)
);

-- Deposits and charges, read once each: the keyset position moves by compare-and-set in the transaction that adds the sums.
CREATE TABLE ledger_cursor (
  network       smallint NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('deposit', 'charge')),
  at            text NOT NULL,
  id            text NOT NULL,
  entries       bigint NOT NULL DEFAULT 0,
  updated_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (network, kind)
);
CREATE TABLE ledger_1h (
  network       smallint NOT NULL,
  kind          text NOT NULL,
  at            timestamptz(0) NOT NULL,
  amount        numeric(39,0) NOT NULL,
  entries       bigint NOT NULL,
  PRIMARY KEY (network, kind, at)
);
CREATE TABLE ledger_account_1h (
  network       smallint NOT NULL,
  kind          text NOT NULL,
  at            timestamptz(0) NOT NULL,
  account       text NOT NULL,
  amount        numeric(39,0) NOT NULL,
  entries       bigint NOT NULL,
  PRIMARY KEY (network, kind, at, account)
);

-- What GET /info of a registered node gave, one row a probe; partitioned by day, kept for a week.
CREATE TABLE node_probe (
  node          integer NOT NULL,
  at            timestamptz(3) NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('answered', 'failed')),
  asked_by      text,                       -- the person who asked; null = the schedule
  latency_ms    double precision,
  http_status   smallint,
  reason        text,
  detail        text,
  version       text,
  clock_skew_ms double precision
) PARTITION BY RANGE (at);
CREATE INDEX node_probe_node_at ON node_probe (node, at DESC);

CREATE TABLE node_probe_1h (
  node          integer NOT NULL,
  at            timestamptz(0) NOT NULL,
  probes        integer NOT NULL,
  answered      integer NOT NULL,
  latency_ms_sum double precision NOT NULL,
  latency_ms_max double precision,
  PRIMARY KEY (node, at)
);

-- The newest probe of each node, and how many failed in a row.
CREATE TABLE node_probe_state (
  node          integer PRIMARY KEY REFERENCES ddc_node (id) ON DELETE CASCADE,
  at            timestamptz(3),
  kind          text CHECK (kind IN ('answered', 'failed')),
  latency_ms    double precision,
  http_status   smallint,
  reason        text,
  detail        text,
  version       text,
  clock_skew_ms double precision,
  answered_at   timestamptz(3),             -- newest answer
  missed        integer NOT NULL DEFAULT 0, -- failed in a row
  missed_since  timestamptz(3),             -- first of them
  asked_at      timestamptz(3)              -- newest probe that a person asked for
);
