-- Where an alert comes from, what else identifies it there, and what routes may look at.
ALTER TABLE alert
  ADD COLUMN source      text  NOT NULL DEFAULT 'rule',
  ADD COLUMN fingerprint text  NOT NULL DEFAULT '',
  ADD COLUMN labels      jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN link        text;
DROP INDEX alert_open;
CREATE UNIQUE INDEX alert_open ON alert (network, rule, subject_kind, subject_id, fingerprint) WHERE resolved_at IS NULL;

-- Who can be told. `sealed` is the address with its secrets, encrypted; `shown` is what people may see of it.
CREATE TABLE notify_receiver (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL UNIQUE,
  kind       text NOT NULL CHECK (kind IN ('webhook', 'slack', 'email', 'pagerduty')),
  shown      text NOT NULL,
  sealed     text NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL
);

-- Who hears of what, on one network. Every route that fits tells its receiver.
CREATE TABLE notify_route (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network    smallint NOT NULL,
  name       text NOT NULL,
  receiver   bigint NOT NULL REFERENCES notify_receiver (id),
  definition jsonb NOT NULL,
  revision   integer NOT NULL DEFAULT 1,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  UNIQUE (network, name)
);

-- One message to one receiver. Its content never changes, so that a repeated attempt says the same under the same id.
CREATE TABLE notify_delivery (
  id            uuid PRIMARY KEY,
  network       smallint NOT NULL,
  receiver      bigint NOT NULL REFERENCES notify_receiver (id) ON DELETE CASCADE,
  route_name    text NOT NULL,
  group_key     text NOT NULL,
  content       jsonb NOT NULL,
  state         text NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'failed')),
  attempts      integer NOT NULL DEFAULT 0,
  made_at       timestamptz(3) NOT NULL,
  next_at       timestamptz(3) NOT NULL,           -- while sending: when the claim of whoever sends runs out
  ended_at      timestamptz(3),
  status        integer,                           -- of the last answer; null = there was none
  answer        text,
  took_ms       double precision,
  CHECK ((ended_at IS NOT NULL) = (state IN ('delivered', 'failed')))
);
CREATE INDEX notify_delivery_open ON notify_delivery (next_at) WHERE ended_at IS NULL;
CREATE INDEX notify_delivery_group ON notify_delivery (receiver, group_key, made_at DESC);
CREATE INDEX notify_delivery_log ON notify_delivery (network, made_at DESC, id DESC);

-- The outbox: one row for each change of an alert and receiver, written in the transaction that changes the alert.
CREATE TABLE notify_item (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network   smallint NOT NULL,
  event     bigint NOT NULL REFERENCES alert_event (id) ON DELETE CASCADE,
  alert     bigint NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  route     bigint NOT NULL REFERENCES notify_route (id) ON DELETE CASCADE,
  receiver  bigint NOT NULL REFERENCES notify_receiver (id) ON DELETE CASCADE,
  change    text NOT NULL CHECK (change IN ('firing', 'acknowledged', 'resolved')),
  group_key text NOT NULL,
  at        timestamptz(3) NOT NULL,
  due_at    timestamptz(3) NOT NULL,
  held      text,                                  -- why it waits beyond its group's time
  dropped   text,                                  -- why it is not sent at all
  delivery  uuid REFERENCES notify_delivery (id) ON DELETE SET NULL,
  -- Two routes to one receiver tell it once.
  UNIQUE (receiver, event)
);
CREATE INDEX notify_item_due ON notify_item (due_at) WHERE delivery IS NULL AND dropped IS NULL;
CREATE INDEX notify_item_alert ON notify_item (alert, receiver);
CREATE INDEX notify_item_delivery ON notify_item (delivery) WHERE delivery IS NOT NULL;
CREATE INDEX notify_item_route ON notify_item (route);
