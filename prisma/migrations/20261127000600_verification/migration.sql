-- What nodes served when the console looked, piece by piece. Kept for 30 days.
CREATE TABLE node_verification (
  node          integer NOT NULL REFERENCES ddc_node (id) ON DELETE CASCADE,
  at            timestamptz(3) NOT NULL,
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,            -- the u64's bits
  cid           bytea NOT NULL,             -- 36 bytes
  verdict       text NOT NULL CHECK (verdict IN ('verified', 'mismatch', 'unreachable', 'unverifiable')),
  why           text,
  detail        text,
  computed      bytea,                      -- BLAKE3 of what came
  bytes         bigint NOT NULL,
  first_byte_ms real,
  total_ms      real NOT NULL,
  PRIMARY KEY (node, at, cid)
);
CREATE INDEX node_verification_at ON node_verification (network, at, node);
CREATE INDEX node_verification_wrong ON node_verification (node, at) WHERE verdict = 'mismatch';
