-- Silences that live in an Alertmanager as well: made here and told to it, or made there and read from it.
ALTER TABLE alert_silence
  ADD COLUMN source         text NOT NULL DEFAULT 'console',
  ADD COLUMN external_id    text,
  ADD COLUMN external_ended boolean NOT NULL DEFAULT false,    -- it knows that this one has ended
  ADD COLUMN matchers       text;                              -- in its own words, where rule and subject cannot say it
ALTER TABLE alert_silence DROP CONSTRAINT alert_silence_check1;
ALTER TABLE alert_silence ADD CONSTRAINT alert_silence_names_something
  CHECK (rule IS NOT NULL OR subject_id IS NOT NULL OR matchers IS NOT NULL);
CREATE UNIQUE INDEX alert_silence_external ON alert_silence (network, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX alert_foreign ON alert (network, fingerprint, pending_at) WHERE source = 'alertmanager';

-- When each Alertmanager was last read, and why not since.
CREATE TABLE alertmanager_sync (
  network smallint NOT NULL,
  host    text NOT NULL,
  at      timestamptz(3),
  fault   text,
  PRIMARY KEY (network, host)
);
