-- Each entry of a B-tree costs COPY as much as the row itself, and hot content or a busy account fills whole flushes with
-- nearly the same key. So the indexes on CID and on account hold one row for each group that a flush stores: the rows of
-- one bucket in one second, of one CID or of one account. The others of a group are next to it by (bucket, at).
-- A row that was stored without saying so stands for itself.
ALTER TABLE activity
  ADD COLUMN first_of_cid boolean NOT NULL DEFAULT true,
  ADD COLUMN first_of_client boolean NOT NULL DEFAULT true;
DROP INDEX activity_cid_at;
DROP INDEX activity_client_at;
CREATE INDEX activity_cid_at ON activity (cid_prefix, at) WHERE first_of_cid;
CREATE INDEX activity_client_at ON activity (client, at) WHERE first_of_client;

-- The first 64 bits of the digest, as activity.cid_prefix has them.
CREATE FUNCTION cid_prefix_of(cid bytea) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || encode(substr(cid, 5, 8), 'hex'))::bit(64)::bigint;

-- All rows of one CID, or of one account, in [since, before).
CREATE FUNCTION activity_of_cid(wanted bytea, since timestamptz, before timestamptz) RETURNS SETOF activity
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT found.* FROM (
    SELECT DISTINCT bucket, date_trunc('second', at) AS second FROM activity
    WHERE cid_prefix = cid_prefix_of(wanted) AND cid = wanted AND first_of_cid
      AND at >= date_trunc('second', since) AND at < before + interval '1 second') AS named
  CROSS JOIN LATERAL (
    SELECT * FROM activity AS kept
    WHERE kept.bucket = named.bucket AND kept.at >= named.second AND kept.at < named.second + interval '1 second'
      AND kept.cid = wanted AND kept.at >= since AND kept.at < before OFFSET 0) AS found
$$;
CREATE FUNCTION activity_of_client(wanted integer, since timestamptz, before timestamptz) RETURNS SETOF activity
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT found.* FROM (
    SELECT DISTINCT bucket, date_trunc('second', at) AS second FROM activity
    WHERE client = wanted AND first_of_client
      AND at >= date_trunc('second', since) AND at < before + interval '1 second') AS named
  CROSS JOIN LATERAL (
    SELECT * FROM activity AS kept
    WHERE kept.bucket = named.bucket AND kept.at >= named.second AND kept.at < named.second + interval '1 second'
      AND kept.client = wanted AND kept.at >= since AND kept.at < before OFFSET 0) AS found
$$;
