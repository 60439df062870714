-- Each road of the outbox goes to a topic of its own, and none waits for another.
ALTER TABLE kafka_outbox
  ADD COLUMN road text NOT NULL DEFAULT 'desired-state' CHECK (road IN ('desired-state', 'replays'));
CREATE INDEX kafka_outbox_road ON kafka_outbox (road, id);

-- Recorded events that a runtime runs through two versions, without effects.
CREATE TABLE replay (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id        text COLLATE "C" NOT NULL,
  environment     text NOT NULL,
  stable          text COLLATE "C" NOT NULL,
  candidate       text COLLATE "C" NOT NULL,
  window_from     timestamptz(3) NOT NULL,
  window_to       timestamptz(3) NOT NULL,
  event_types     text[] NOT NULL,
  max_events      integer NOT NULL,
  config_revision integer NOT NULL,
  instance        text COLLATE "C" NOT NULL,
  state           text NOT NULL CHECK (state IN ('asked', 'running', 'finished', 'cancelled', 'failed', 'expired')),
  reason          text,
  asked_by_id     text NOT NULL,
  asked_by_name   text NOT NULL,
  asked_at        timestamptz(3) NOT NULL,
  accept_by       timestamptz(3) NOT NULL,
  deadline        timestamptz(3) NOT NULL,
  started_at      timestamptz(3),
  heard_at        timestamptz(3),
  ended_at        timestamptz(3),
  -- As the runtime says: records looked at, events for the agent among them, how many it runs.
  scanned         integer NOT NULL DEFAULT 0,
  matched         integer NOT NULL DEFAULT 0,
  total           integer,
  -- Of the events below, kept with them.
  new_error       integer NOT NULL DEFAULT 0,
  different       integer NOT NULL DEFAULT 0,
  slower          integer NOT NULL DEFAULT 0,
  fixed_error     integer NOT NULL DEFAULT 0,
  same            integer NOT NULL DEFAULT 0,
  CHECK ((ended_at IS NULL) = (state IN ('asked', 'running')))
);
CREATE UNIQUE INDEX replay_open ON replay (agent_id, environment) WHERE ended_at IS NULL;
CREATE INDEX replay_of ON replay (agent_id, id DESC);
CREATE INDEX replay_age ON replay (ended_at);

CREATE TABLE replay_event (
  replay       bigint NOT NULL REFERENCES replay ON DELETE CASCADE,
  seq          integer NOT NULL,
  verdict      text NOT NULL CHECK (verdict IN ('new_error', 'different', 'slower', 'fixed_error', 'same')),
  -- Of the verdict: what is looked at first comes first.
  rank         smallint NOT NULL,
  event_id     text NOT NULL,
  event_type   text NOT NULL,
  vault_id     text NOT NULL,
  vault_scope  text NOT NULL,
  at           timestamptz(3) NOT NULL,
  partition    integer NOT NULL,
  "offset"     text NOT NULL,
  bytes        integer NOT NULL,
  stable       jsonb NOT NULL,
  candidate    jsonb NOT NULL,
  stable_ms    double precision,
  candidate_ms double precision,
  paths        jsonb NOT NULL,
  PRIMARY KEY (replay, seq)
);
CREATE INDEX replay_event_worst ON replay_event (replay, rank, seq);
