-- Which transaction stored a record. Rows lie in the order of their transactions, so a block range index finds the new
-- ones at no cost to COPY; everything below the oldest transaction that still runs is there to stay.
ALTER TABLE activity ADD COLUMN flush bigint NOT NULL DEFAULT txid_current();
CREATE INDEX activity_flush ON activity USING brin (flush) WITH (pages_per_range = 32);

-- The newest requests for one CID are read in their order.
DROP INDEX activity_cid;
CREATE INDEX activity_cid_at ON activity (cid_prefix, at);

-- A piece or DAG node of a bucket, as far as the console knows of it.
CREATE TABLE ddc_piece (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,            -- the u64's bits, as in activity
  cid           bytea NOT NULL CHECK (octet_length(cid) = 36),
  known         smallint NOT NULL,          -- bits: 1 a CNS name points to it · 2 a DAG node links to it · 4 seen in activity
  first_seen    timestamptz(3) NOT NULL,
  last_seen     timestamptz(3) NOT NULL,
  last_read     timestamptz(3),
  requests      bigint NOT NULL DEFAULT 0,
  reads         bigint NOT NULL DEFAULT 0,
  writes        bigint NOT NULL DEFAULT 0,
  not_found     bigint NOT NULL DEFAULT 0,
  aborted       bigint NOT NULL DEFAULT 0,
  failures      bigint NOT NULL DEFAULT 0,
  read_bytes    numeric(39,0) NOT NULL DEFAULT 0,
  written_bytes numeric(39,0) NOT NULL DEFAULT 0,
  size_bytes    numeric(20,0),              -- as a put or a link said
  PRIMARY KEY (network, cid, bucket)
) WITH (fillfactor = 85);
CREATE INDEX ddc_piece_bucket ON ddc_piece (network, bucket, first_seen);

-- What a bucket's records add up to, and its last day hour by hour.
CREATE TABLE ddc_bucket_use (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,
  known         smallint NOT NULL DEFAULT 0, -- all bits that any of its pieces has
  first_seen    timestamptz(3),
  last_seen     timestamptz(3),
  requests      bigint NOT NULL DEFAULT 0,
  read_bytes    numeric(39,0) NOT NULL DEFAULT 0,
  written_bytes numeric(39,0) NOT NULL DEFAULT 0,
  objects       bigint NOT NULL DEFAULT 0,
  used_objects  bigint NOT NULL DEFAULT 0,  -- seen in activity
  named_objects bigint NOT NULL DEFAULT 0,  -- reached by a CNS name or a link
  named_only    bigint NOT NULL DEFAULT 0,  -- of these: never seen in activity
  hours         bigint[] NOT NULL DEFAULT '{}', -- requests of the 24 hours up to `hours_at`
  hours_at      timestamptz(0),
  requests_24h  bigint NOT NULL DEFAULT 0,
  reads_24h     bigint NOT NULL DEFAULT 0,
  writes_24h    bigint NOT NULL DEFAULT 0,
  failures_24h  bigint NOT NULL DEFAULT 0,
  read_bytes_24h numeric(39,0) NOT NULL DEFAULT 0,
  written_bytes_24h numeric(39,0) NOT NULL DEFAULT 0,
  PRIMARY KEY (network, bucket)
) WITH (fillfactor = 70);

-- How far activity is counted into the two tables above: all records of `flush` below `next_flush`. `base` is added to
-- transaction numbers, so that they go on growing in a server that the database was restored into.
CREATE TABLE inventory_cursor (
  id            boolean PRIMARY KEY DEFAULT true CHECK (id),
  next_flush    bigint NOT NULL,
  base          bigint NOT NULL DEFAULT 0,
  updated_at    timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO inventory_cursor (next_flush) SELECT coalesce((SELECT flush FROM activity LIMIT 1), txid_current());

-- CNS names that nodes answered to. No node lists them: these were asked for by somebody.
CREATE TABLE ddc_cns_name (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,
  name          text NOT NULL,
  cid           bytea NOT NULL CHECK (octet_length(cid) = 36),
  ttl_seconds   integer,
  since         timestamptz(3) NOT NULL,    -- first seen to point there
  seen_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (network, bucket, name)
);

-- Where a piece hangs: links of DAG nodes that somebody looked at.
CREATE TABLE ddc_link (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,
  child         bytea NOT NULL,
  parent        bytea NOT NULL,
  name          text NOT NULL,
  seen_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (network, child, bucket, parent, name)
);
