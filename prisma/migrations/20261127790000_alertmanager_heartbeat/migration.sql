-- When the alert that always fires (Watchdog) last came by a path that serves the network: silence of it is told.
CREATE TABLE alertmanager_heartbeat (
  network smallint PRIMARY KEY,
  at      timestamptz(3) NOT NULL
);

-- When each Alertmanager was last asked, whether it answered or not: one that is configured no more is asked no more.
ALTER TABLE alertmanager_sync ADD COLUMN asked_at timestamptz(3);
UPDATE alertmanager_sync SET asked_at = coalesce(at, now());
ALTER TABLE alertmanager_sync ALTER COLUMN asked_at SET NOT NULL;
