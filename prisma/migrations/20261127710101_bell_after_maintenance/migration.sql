-- Looks at the alert as the transaction leaves it: what a maintenance window holds rings no bell until it is let go.
CREATE OR REPLACE FUNCTION tell_of_alert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text := (ARRAY['devnet', 'testnet', 'mainnet'])[NEW.network];
BEGIN
  IF EXISTS (SELECT FROM alert WHERE id = NEW.id AND maintenance IS NOT NULL) THEN RETURN NULL; END IF;
  PERFORM tell_people(
    ARRAY(SELECT DISTINCT user_id FROM role_grant
          WHERE role IN ('operator', 'admin') AND (network IS NULL OR network = NEW.network)),
    ROW(NULL, NULL, 'alert', 'crit', NEW.title, NEW.detail, '/' || name || '/alerts?alert=' || NEW.id,
        'alert ' || NEW.id, coalesce(NEW.firing_at, NEW.evaluated_at), NULL)::notification);
  RETURN NULL;
END $$;
DROP TRIGGER alert_tells_when_new ON alert;
DROP TRIGGER alert_tells ON alert;
CREATE CONSTRAINT TRIGGER alert_tells_when_new AFTER INSERT ON alert DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'firing' AND NEW.severity = 1) EXECUTE FUNCTION tell_of_alert();
CREATE CONSTRAINT TRIGGER alert_tells AFTER UPDATE ON alert DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'firing' AND NEW.severity = 1
        AND (OLD.state <> 'firing' OR OLD.severity <> 1 OR (OLD.maintenance IS NOT NULL AND NEW.maintenance IS NULL)))
  EXECUTE FUNCTION tell_of_alert();
