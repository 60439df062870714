-- What happened that concerns one person: written in the transaction of the event itself, read in the bell of the shell.
CREATE TABLE notification (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id  text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  kind     text NOT NULL CHECK (kind IN ('alert', 'export', 'session', 'invitation')),
  tone     text NOT NULL CHECK (tone IN ('ok', 'info', 'warn', 'crit')),
  title    text NOT NULL,
  detail   text NOT NULL,
  href     text,                                 -- an address of this console
  event    text NOT NULL,                        -- the same event is told once
  at       timestamptz(3) NOT NULL,
  read_at  timestamptz(3),
  UNIQUE (user_id, event)
);
CREATE INDEX notification_list ON notification (user_id, id DESC);
CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;

-- Tells people one thing; each keeps the newest 200. Their pages hear of it when the transaction commits.
CREATE FUNCTION tell_people(people text[], told notification) RETURNS void LANGUAGE plpgsql AS $$
DECLARE new_for text[];
BEGIN
  WITH added AS (
    INSERT INTO notification (user_id, kind, tone, title, detail, href, event, at)
    SELECT id, told.kind, told.tone, told.title, told.detail, told.href, told.event, told.at
    FROM auth_user WHERE id = ANY (people) AND disabled_at IS NULL
    ON CONFLICT (user_id, event) DO NOTHING
    RETURNING user_id)
  SELECT array_agg(user_id) INTO new_for FROM added;
  IF new_for IS NULL THEN RETURN; END IF;
  DELETE FROM notification n USING (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id DESC) AS place
    FROM notification WHERE user_id = ANY (new_for)) old
  WHERE n.id = old.id AND old.place > 200;
  PERFORM pg_notify('console_live', json_build_object('topic', 'notifications', 'network', NULL, 'ids', part.ids,
    'at', floor(extract(epoch FROM told.at) * 1000)::bigint)::text)
  FROM (SELECT json_agg(id) AS ids FROM unnest(new_for) WITH ORDINALITY AS person (id, place) GROUP BY (place - 1) / 80) part;
END $$;

-- A critical alert concerns whoever may act on its network.
CREATE FUNCTION tell_of_alert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text := (ARRAY['devnet', 'testnet', 'mainnet'])[NEW.network];
BEGIN
  PERFORM tell_people(
    ARRAY(SELECT DISTINCT user_id FROM role_grant
          WHERE role IN ('operator', 'admin') AND (network IS NULL OR network = NEW.network)),
    ROW(NULL, NULL, 'alert', 'crit', NEW.title, NEW.detail, '/' || name || '/alerts?alert=' || NEW.id,
        'alert ' || NEW.id, coalesce(NEW.firing_at, NEW.evaluated_at), NULL)::notification);
  RETURN NULL;
END $$;
CREATE TRIGGER alert_tells_when_new AFTER INSERT ON alert FOR EACH ROW
  WHEN (NEW.state = 'firing' AND NEW.severity = 1) EXECUTE FUNCTION tell_of_alert();
CREATE TRIGGER alert_tells AFTER UPDATE ON alert FOR EACH ROW
  WHEN (NEW.state = 'firing' AND NEW.severity = 1 AND (OLD.state <> 'firing' OR OLD.severity <> 1))
  EXECUTE FUNCTION tell_of_alert();

CREATE FUNCTION tell_of_export() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_people(ARRAY[NEW.owner_id],
    ROW(NULL, NULL, 'export', CASE NEW.state WHEN 'done' THEN 'ok' ELSE 'crit' END,
        NEW.title || CASE NEW.state WHEN 'done' THEN ' is ready.' ELSE ' could not be exported.' END,
        CASE NEW.state WHEN 'done' THEN NEW.file_name ELSE coalesce(NEW.reason, '') END,
        CASE NEW.state WHEN 'done' THEN '/api/exports/jobs/' || NEW.id END,
        'export ' || NEW.id, coalesce(NEW.finished_at, now()), NULL)::notification);
  RETURN NULL;
END $$;
CREATE TRIGGER export_tells AFTER UPDATE ON export_job FOR EACH ROW
  WHEN (NEW.state IN ('done', 'failed') AND OLD.state NOT IN ('done', 'failed')) EXECUTE FUNCTION tell_of_export();
