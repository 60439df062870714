-- What another alert on the same subject explains: hidden, and told to nobody, while that one fires. Set by each round.
ALTER TABLE alert ADD COLUMN inhibited_by bigint;
CREATE INDEX alert_inhibited ON alert (network, id) WHERE inhibited_by IS NOT NULL AND resolved_at IS NULL;

CREATE OR REPLACE FUNCTION is_hidden(held alert) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT held.maintenance IS NOT NULL OR held.inhibited_by IS NOT NULL
         OR coalesce(held.quiet_until > held.evaluated_at, false)
$$;
