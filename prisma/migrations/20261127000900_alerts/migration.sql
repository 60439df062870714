-- Alerts: one row for each time something went over its limit. Rules that differ from the built-in ones stand in alert_rule.
CREATE TABLE alert (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network         smallint NOT NULL,
  rule            text NOT NULL,
  subject_kind    text NOT NULL,
  subject_id      text NOT NULL,
  subject_name    text NOT NULL,
  severity        smallint NOT NULL CHECK (severity BETWEEN 1 AND 3),   -- 1 critical, 2 warning, 3 info
  state           text NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
  title           text NOT NULL,
  detail          text NOT NULL,
  value           double precision,
  seen            integer NOT NULL DEFAULT 1,
  pending_at      timestamptz(3) NOT NULL,
  firing_at       timestamptz(3),
  fine_since      timestamptz(3),                                      -- firing, but within the limit since then
  evaluated_at    timestamptz(3) NOT NULL,
  resolved_at     timestamptz(3),
  acknowledged_at timestamptz(3),
  owner_id        text,
  owner_name      text,
  quiet_until     timestamptz(3),                                      -- snoozed or silenced
  silence         bigint,
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
  CHECK (state = 'pending' OR firing_at IS NOT NULL)
);
-- What is open has one row a rule and subject, whoever evaluates.
CREATE UNIQUE INDEX alert_open ON alert (network, rule, subject_kind, subject_id) WHERE resolved_at IS NULL;
-- The queue in its order.
CREATE INDEX alert_queue ON alert (network, severity, pending_at DESC, id DESC) WHERE resolved_at IS NULL;
CREATE INDEX alert_history ON alert (network, resolved_at DESC, id DESC) WHERE resolved_at IS NOT NULL;
CREATE INDEX alert_subject ON alert (network, subject_kind, subject_id, id DESC);

-- What happened to an alert, and by whom; null actor = the evaluator.
CREATE TABLE alert_event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert      bigint NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  at         timestamptz(3) NOT NULL,
  kind       text NOT NULL,
  actor_name text,
  note       text
);
CREATE INDEX alert_event_alert ON alert_event (alert, id DESC);

-- Only what a network changes of a built-in rule; every earlier revision stays.
CREATE TABLE alert_rule (
  network    smallint NOT NULL,
  rule       text NOT NULL,
  revision   integer NOT NULL,
  changes    jsonb NOT NULL,
  reason     text NOT NULL,
  made_at    timestamptz(3) NOT NULL,
  made_by    text NOT NULL,
  PRIMARY KEY (network, rule, revision)
);

CREATE TABLE alert_silence (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network      smallint NOT NULL,
  rule         text,
  subject_kind text,
  subject_id   text,
  subject_name text,
  reason       text NOT NULL,
  starts_at    timestamptz(3) NOT NULL,
  ends_at      timestamptz(3) NOT NULL,
  made_by      text NOT NULL,
  ended_at     timestamptz(3),
  ended_by     text,
  CHECK (ends_at > starts_at),
  CHECK (rule IS NOT NULL OR subject_id IS NOT NULL),
  CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
);
CREATE INDEX alert_silence_running ON alert_silence (network, ends_at DESC, id DESC);

-- When the evaluator last finished a round: silence of the alert path itself must be seen.
CREATE TABLE alert_round (
  network  smallint PRIMARY KEY,
  at       timestamptz(3) NOT NULL,
  took_ms  double precision NOT NULL,
  signals  integer NOT NULL,
  unknown  integer NOT NULL
);
