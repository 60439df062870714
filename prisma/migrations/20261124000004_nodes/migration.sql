-- What changed about a node, as the chain or its own telemetry says: the "what happened at 03:12" of its page.
CREATE TABLE node_change (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node          integer NOT NULL REFERENCES ddc_node (id) ON DELETE CASCADE,
  at            timestamptz(3) NOT NULL DEFAULT now(),
  source        text NOT NULL CHECK (source IN ('chain', 'telemetry')),
  field         text NOT NULL,
  before        text,                       -- null = was not known
  after         text                        -- null = is no longer known
);
CREATE INDEX node_change_node_at ON node_change (node, at);

-- Only attributes that a person would ask about; others (process ids, start times) change with every restart.
CREATE FUNCTION note_node_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO node_change (node, at, source, field, before, after)
  SELECT NEW.id, coalesce(NEW.reported_at, now()), 'telemetry', field, OLD.reported->>field, NEW.reported->>field
  FROM unnest(ARRAY['service.version', 'host.name', 'cloud.region', 'ddc.mode', 'ddc.state', 'ddc.cluster', 'ddc.provider',
                    'ddc.link.bps']) AS field
  WHERE OLD.reported IS NOT NULL AND OLD.reported->>field IS DISTINCT FROM NEW.reported->>field;
  INSERT INTO node_change (node, source, field, before, after)
  SELECT NEW.id, 'chain', field, OLD.registered->>field, NEW.registered->>field
  FROM unnest(ARRAY['host', 'domain', 'ssl', 'httpPort', 'mode', 'clusterId']) AS field
  WHERE OLD.registered IS NOT NULL AND OLD.registered->>field IS DISTINCT FROM NEW.registered->>field;
  IF OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL THEN
    INSERT INTO node_change (node, at, source, field, before, after)
    VALUES (NEW.id, NEW.removed_at, 'chain', 'removed', NULL, 'removed');
  ELSIF OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL THEN
    INSERT INTO node_change (node, source, field, before, after) VALUES (NEW.id, 'chain', 'removed', 'removed', NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ddc_node_change AFTER UPDATE OF reported, registered, removed_at ON ddc_node
  FOR EACH ROW
  WHEN (OLD.reported IS DISTINCT FROM NEW.reported OR OLD.registered IS DISTINCT FROM NEW.registered
        OR OLD.removed_at IS DISTINCT FROM NEW.removed_at)
  EXECUTE FUNCTION note_node_change();
