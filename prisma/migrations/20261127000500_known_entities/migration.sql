-- Everything that the palette finds by name: one row a thing, written by triggers in the transaction that changes the
-- thing itself, so that no writer can forget it. docs/adr says why; server/features/palette/README.md how to add a kind.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE known_entity (
  kind          text NOT NULL,              -- node, cluster, bucket, account, person …
  network       smallint NOT NULL,          -- 0 = belongs to none
  id            text NOT NULL,              -- as it stands in an address
  name          text NOT NULL,
  detail        text NOT NULL DEFAULT '',   -- what tells it from others of this name
  is_gone       boolean NOT NULL DEFAULT false,
  -- Compared by bytes: a range finds what begins with a text, also in a prepared statement.
  name_key      text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
  -- What any part of is looked for; null for kinds that are known by the beginning of their id only.
  words         text,
  PRIMARY KEY (kind, network, id)
) WITH (fillfactor = 80);
CREATE INDEX known_entity_name ON known_entity (network, name_key);
CREATE INDEX known_entity_id ON known_entity (network, id COLLATE "C") WHERE id <> name;
CREATE INDEX known_entity_words ON known_entity USING gin (words gin_trgm_ops) WHERE words IS NOT NULL;

-- For every writer: a row that does not differ is not written.
CREATE FUNCTION know_entity(known_entity) RETURNS void LANGUAGE sql AS $$
  INSERT INTO known_entity AS k (kind, network, id, name, detail, is_gone, words)
  VALUES ($1.kind, $1.network, $1.id, $1.name, coalesce($1.detail, ''), coalesce($1.is_gone, false), lower($1.words))
  ON CONFLICT (kind, network, id) DO UPDATE
  SET name = excluded.name, detail = excluded.detail, is_gone = excluded.is_gone, words = excluded.words
  WHERE (k.name, k.detail, k.is_gone, k.words)
    IS DISTINCT FROM (excluded.name, excluded.detail, excluded.is_gone, excluded.words)
$$;

-- Looked at before it is written: an upsert would lock the row of an account that several writers name.
CREATE FUNCTION know_account(of_network smallint, account text, says text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM known_entity k
                 WHERE k.kind = 'account' AND k.network = $1 AND k.id = $2 AND position($3 IN k.detail) > 0) THEN
    INSERT INTO known_entity AS k (kind, network, id, name, detail) VALUES ('account', $1, $2, $2, $3)
    ON CONFLICT (kind, network, id) DO UPDATE SET detail = k.detail || ', ' || $3
    WHERE position($3 IN k.detail) = 0;
  END IF;
END $$;

-- The same name as the pages show (server/features/nodes/build-row.ts): what it reports, else where it is registered.
CREATE FUNCTION known_node_name(node ddc_node) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN host = '' THEN left(node.node_key, 6) || '…' || right(node.node_key, 4)
    WHEN host ~ '^[0-9.]+$' OR host LIKE '%:%' THEN host
    ELSE split_part(host, '.', 1)
  END
  FROM (SELECT coalesce(nullif(trim(node.reported->>'host.name'), ''), nullif(node.registered->>'domain', ''),
                        node.registered->>'host', '') AS host) AS named
$$;

CREATE FUNCTION know_node(node ddc_node) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_entity(ROW('node', node.network, node.node_key, known_node_name(node),
    concat_ws(', ', nullif(node.reported->>'cloud.region', ''),
              coalesce(nullif(node.registered->>'domain', ''), nullif(node.registered->>'host', '')),
              coalesce(nullif(node.reported->>'ddc.provider', ''), left(node.provider, 6) || '…' || right(node.provider, 4))),
    node.removed_at IS NOT NULL, '',
    concat_ws(' ', node.reported->>'host.name', node.registered->>'host', node.registered->>'domain', node.node_key,
              node.provider, node.reported->>'ddc.provider', node.reported->>'cloud.region',
              node.reported->>'ddc.cluster.name',
              (SELECT c.cluster_id FROM ddc_cluster c WHERE c.id = node.cluster)))::known_entity);
  IF node.provider IS NOT NULL THEN
    PERFORM know_account(node.network, node.provider, 'provides nodes');
  END IF;
END $$;

CREATE FUNCTION note_known_node() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM known_entity WHERE kind = 'node' AND network = OLD.network AND id = OLD.node_key;
  ELSE
    PERFORM know_node(NEW);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER known_node_added AFTER INSERT OR DELETE ON ddc_node FOR EACH ROW EXECUTE FUNCTION note_known_node();
CREATE TRIGGER known_node_changed AFTER UPDATE ON ddc_node FOR EACH ROW
  WHEN ((OLD.reported, OLD.registered, OLD.provider, OLD.cluster, OLD.removed_at IS NULL)
        IS DISTINCT FROM (NEW.reported, NEW.registered, NEW.provider, NEW.cluster, NEW.removed_at IS NULL))
  EXECUTE FUNCTION note_known_node();

-- Clusters carry no name on the chain; the palette knows the published ones by itself.
CREATE FUNCTION note_known_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_entity(ROW('cluster', NEW.network, NEW.cluster_id, NEW.cluster_id, '', false, '', NEW.cluster_id)::known_entity);
  RETURN NULL;
END $$;
CREATE TRIGGER known_cluster_added AFTER INSERT ON ddc_cluster FOR EACH ROW EXECUTE FUNCTION note_known_cluster();

-- Buckets come by the thousand: one statement for all rows of a page.
CREATE FUNCTION note_known_buckets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO known_entity AS k (kind, network, id, name, detail, is_gone)
  SELECT 'bucket', b.network, u64(b.bucket)::text, u64(b.bucket)::text,
         concat_ws(', ', CASE WHEN b.is_public THEN 'public' ELSE 'private' END,
                   'of ' || left(b.owner, 6) || '…' || right(b.owner, 4)), b.is_removed
  FROM changed b ORDER BY b.network, b.bucket
  ON CONFLICT (kind, network, id) DO UPDATE SET detail = excluded.detail, is_gone = excluded.is_gone
  WHERE (k.detail, k.is_gone) IS DISTINCT FROM (excluded.detail, excluded.is_gone);
  INSERT INTO known_entity AS k (kind, network, id, name, detail)
  SELECT DISTINCT 'account', network, owner, owner, 'owns buckets' FROM changed
  WHERE owner IS NOT NULL ORDER BY network, owner
  ON CONFLICT (kind, network, id) DO UPDATE SET detail = k.detail || ', owns buckets'
  WHERE position('owns buckets' IN k.detail) = 0;
  RETURN NULL;
END $$;
CREATE TRIGGER known_buckets_added AFTER INSERT ON ddc_bucket
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_known_buckets();
CREATE TRIGGER known_buckets_changed AFTER UPDATE ON ddc_bucket
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_known_buckets();

CREATE FUNCTION note_known_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM known_entity WHERE kind = 'person' AND network = 0 AND id = OLD.email
      AND (TG_OP = 'DELETE' OR NEW.email <> OLD.email);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM know_entity(ROW('person', 0, NEW.email, NEW.name, NEW.email, NEW.disabled_at IS NOT NULL, '',
                            NEW.name || ' ' || NEW.email)::known_entity);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER known_person AFTER INSERT OR DELETE OR UPDATE OF name, email, disabled_at ON auth_user
  FOR EACH ROW EXECUTE FUNCTION note_known_person();

-- What is there already.
SELECT count(know_node(n)) FROM ddc_node n;
INSERT INTO known_entity (kind, network, id, name, words)
SELECT 'cluster', network, cluster_id, cluster_id, cluster_id FROM ddc_cluster;
INSERT INTO known_entity (kind, network, id, name, detail, is_gone)
SELECT 'bucket', network, u64(bucket)::text, u64(bucket)::text,
       concat_ws(', ', CASE WHEN is_public THEN 'public' ELSE 'private' END, 'of ' || left(owner, 6) || '…' || right(owner, 4)),
       is_removed
FROM ddc_bucket;
SELECT count(know_account(network, owner, 'owns buckets'))
FROM (SELECT DISTINCT network, owner FROM ddc_bucket WHERE owner IS NOT NULL) AS owners;
INSERT INTO known_entity (kind, network, id, name, detail, is_gone, words)
SELECT 'person', 0, email, name, email, disabled_at IS NOT NULL, lower(name || ' ' || email) FROM auth_user;

-- What a person opened from the palette, and what they pinned there.
CREATE TABLE palette_mark (
  user_id       text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  href          text NOT NULL,
  kind          text NOT NULL,
  label         text NOT NULL,
  detail        text NOT NULL DEFAULT '',
  opened_at     timestamptz(3) NOT NULL,
  pinned_at     timestamptz(3),
  PRIMARY KEY (user_id, href)
);
