-- What is hidden when it fires, by a silence, a snooze or maintenance, rings no bell until it is heard again and nobody has it.
-- Hidden at the moment of which a row speaks: that of the round that wrote it.
CREATE FUNCTION is_hidden(held alert) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT held.maintenance IS NOT NULL OR coalesce(held.quiet_until > held.evaluated_at, false)
$$;

-- Looks at the alert as the transaction leaves it: what marks it comes after what opens it.
CREATE OR REPLACE FUNCTION tell_of_alert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text := (ARRAY['devnet', 'testnet', 'mainnet'])[NEW.network];
BEGIN
  IF EXISTS (SELECT FROM alert a WHERE a.id = NEW.id AND is_hidden(a)) THEN RETURN NULL; END IF;
  PERFORM tell_people(
    ARRAY(SELECT DISTINCT user_id FROM role_grant
          WHERE role IN ('operator', 'admin') AND (network IS NULL OR network = NEW.network)),
    ROW(NULL, NULL, 'alert', 'crit', NEW.title, NEW.detail, '/' || name || '/alerts?alert=' || NEW.id,
        'alert ' || NEW.id, coalesce(NEW.firing_at, NEW.evaluated_at), NULL)::notification);
  RETURN NULL;
END $$;
DROP TRIGGER alert_tells ON alert;
CREATE CONSTRAINT TRIGGER alert_tells AFTER UPDATE ON alert DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'firing' AND NEW.severity = 1
        AND (OLD.state <> 'firing' OR OLD.severity <> 1
             OR (is_hidden(OLD) AND NOT is_hidden(NEW) AND NEW.acknowledged_at IS NULL)))
  EXECUTE FUNCTION tell_of_alert();
