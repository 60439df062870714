-- A SET that one person wants in force in prod, until a second one says yes or somebody takes it back.
CREATE TABLE deployment_proposal (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id        text COLLATE "C" NOT NULL REFERENCES agent (id),
  environment     text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  generation      integer NOT NULL,                     -- of the SET that it was made against
  reapplies       integer,                              -- the earlier SET that it is; null = a new one
  records         jsonb NOT NULL,
  note            text NOT NULL,
  author_id       text NOT NULL,
  author_name     text NOT NULL,
  made_at         timestamptz(3) NOT NULL,
  outcome         text CHECK (outcome IN ('applied', 'withdrawn')),
  decided_by_name text,
  decided_at      timestamptz(3),
  CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
-- One at a time: a second person must know what they say yes to.
CREATE UNIQUE INDEX deployment_proposal_open ON deployment_proposal (agent_id, environment) WHERE outcome IS NULL;
