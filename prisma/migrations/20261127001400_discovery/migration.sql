-- When a public bucket is asked for CNS names again, and how much of its DAG is kept.
CREATE TABLE ddc_bucket_reading (
  network       smallint NOT NULL,
  bucket        bigint NOT NULL,
  asked_at      timestamptz(3) NOT NULL,
  due_at        timestamptz(3) NOT NULL,
  names_found   integer NOT NULL DEFAULT 0,
  links_kept    bigint NOT NULL DEFAULT 0,
  detail        text,                       -- why there is no name; null = one was found
  PRIMARY KEY (network, bucket)
);

-- DAG nodes whose links are to be read: -infinity = never tried, infinity = read.
ALTER TABLE ddc_piece
  ADD COLUMN links_due timestamptz(3) NOT NULL DEFAULT '-infinity',
  ADD COLUMN links_detail text;             -- what was not read, and why; null = all links are known
CREATE INDEX ddc_piece_links_due ON ddc_piece (links_due) WHERE get_byte(cid, 1) = 1 AND links_due < 'infinity';

-- Contents and buckets whose edges come from activity, usage and charges: when they are read again.
ALTER TABLE lineage_node ADD COLUMN read_due timestamptz(3) NOT NULL DEFAULT '-infinity';
CREATE INDEX lineage_node_read_due ON lineage_node (read_due) WHERE kind IN (2, 6);
