-- What an agent runs in an environment: the SET in force. A row stays when the agent is taken out (records = []).
CREATE TABLE deployment (
  agent_id      text COLLATE "C" NOT NULL REFERENCES agent (id),
  environment   text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  generation    integer NOT NULL CHECK (generation > 0),
  records       jsonb NOT NULL,
  applied_at    timestamptz(3) NOT NULL,
  -- After a rollback: nothing new is rolled out until somebody says so.
  locked_at     timestamptz(3),
  locked_reason text,
  PRIMARY KEY (agent_id, environment),
  CHECK ((locked_at IS NULL) = (locked_reason IS NULL))
);

-- Every SET that ever was in force.
CREATE TABLE deployment_set (
  agent_id    text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  generation  integer NOT NULL,
  records     jsonb NOT NULL,
  cause       text NOT NULL CHECK (cause IN ('person', 'reapply', 'rollout', 'rollback', 'expiry')),
  author_id   text NOT NULL,
  author_name text NOT NULL,
  note        text NOT NULL,
  applied_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (agent_id, environment, generation),
  FOREIGN KEY (agent_id, environment) REFERENCES deployment (agent_id, environment) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE rollout (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id        text COLLATE "C" NOT NULL,
  environment     text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  stable          text COLLATE "C",                     -- null = the first version here
  candidate       text COLLATE "C" NOT NULL,
  plan            jsonb NOT NULL,
  base            jsonb NOT NULL,                       -- the SET as it was before
  state           jsonb NOT NULL,
  phase           text NOT NULL CHECK (phase IN ('waiting', 'running', 'paused', 'succeeded', 'rolled_back', 'withdrawn')),
  note            text NOT NULL,
  started_by_id   text NOT NULL,
  started_by_name text NOT NULL,
  started_at      timestamptz(3) NOT NULL,
  ended_at        timestamptz(3),
  FOREIGN KEY (agent_id, candidate) REFERENCES agent_version (agent_id, cid),
  CHECK ((phase IN ('waiting', 'running', 'paused')) = (ended_at IS NULL))
);
-- One at a time: two would each believe to know the stable version.
CREATE UNIQUE INDEX rollout_open ON rollout (agent_id, environment) WHERE ended_at IS NULL;
CREATE INDEX rollout_of ON rollout (agent_id, environment, id DESC);

CREATE TABLE rollout_event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rollout    bigint NOT NULL REFERENCES rollout (id),
  at         timestamptz(3) NOT NULL,
  kind       text NOT NULL,
  actor_name text,                                      -- null = the controller
  note       text
);
CREATE INDEX rollout_event_of ON rollout_event (rollout, id DESC);

-- Written with what it tells of, sent afterwards in the order of ids, deleted when Kafka has it. A record may be sent twice:
-- runtimes go by its generation.
CREATE TABLE kafka_outbox (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key     text NOT NULL,
  value   text NOT NULL,
  made_at timestamptz(3) NOT NULL
);

-- Runtimes, as they last said of an agent.
CREATE TABLE agent_instance (
  agent_id        text COLLATE "C" NOT NULL,
  environment     text NOT NULL,
  instance        text COLLATE "C" NOT NULL,
  region          text NOT NULL,
  heard_at        timestamptz(3) NOT NULL,
  generation      integer,
  acknowledged_at timestamptz(3),
  fault           text,
  PRIMARY KEY (agent_id, environment, instance)
);

-- What each version did, in slots of 10 s; latency by the bins of kernel/latency.
CREATE TABLE agent_slot (
  agent_id    text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  version     text COLLATE "C" NOT NULL,
  at          timestamptz(0) NOT NULL,
  finished    bigint NOT NULL,
  failed      bigint NOT NULL,
  PRIMARY KEY (agent_id, environment, at, version)
);
CREATE TABLE agent_latency (
  agent_id    text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  version     text COLLATE "C" NOT NULL,
  at          timestamptz(0) NOT NULL,
  bin         smallint NOT NULL,
  count       bigint NOT NULL,
  PRIMARY KEY (agent_id, environment, at, version, bin)
);

-- Every failed job, and of the others one of each slot, version and instance.
CREATE TABLE agent_job (
  id          text COLLATE "C" PRIMARY KEY,
  agent_id    text COLLATE "C" NOT NULL,
  environment text NOT NULL,
  version     text COLLATE "C" NOT NULL,
  record      text NOT NULL,
  instance    text NOT NULL,
  event_id    text NOT NULL,
  event_type  text NOT NULL,
  vault_id    text NOT NULL,
  vault_scope text NOT NULL,
  ended_at    timestamptz(3) NOT NULL,
  took_ms     double precision NOT NULL,
  error       text,
  stack       text,
  output      text
);
CREATE INDEX agent_job_of ON agent_job (agent_id, environment, ended_at DESC, id);
CREATE INDEX agent_job_failed ON agent_job (agent_id, environment, ended_at DESC, id) WHERE error IS NOT NULL;
CREATE INDEX agent_job_age ON agent_job (ended_at);

-- When nothing is rolled out.
CREATE TABLE rollout_freeze (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment text NOT NULL,
  starts_at   timestamptz(3) NOT NULL,
  ends_at     timestamptz(3) NOT NULL,
  reason      text NOT NULL,
  made_by     text NOT NULL,
  CHECK (ends_at > starts_at)
);
CREATE INDEX rollout_freeze_at ON rollout_freeze (environment, ends_at);
