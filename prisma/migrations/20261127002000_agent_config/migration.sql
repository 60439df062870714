-- Hot configuration of an agent in an environment. Every revision is whole and stays as it is; the highest is in force.
CREATE TABLE agent_config_revision (
  agent_id    text COLLATE "C" NOT NULL REFERENCES agent (id),
  environment text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  revision    integer NOT NULL CHECK (revision > 0),
  settings    jsonb NOT NULL,                            -- by name, what is set; the rest is the manifest's default
  secrets     jsonb NOT NULL,                            -- by name: {sealed, setAt, setBy}; only runtimes open `sealed`
  back_to     integer,                                   -- the earlier revision that it repeats
  author_id   text NOT NULL,
  author_name text NOT NULL,
  note        text NOT NULL,
  applied_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (agent_id, environment, revision)
);
CREATE FUNCTION refuse_change_of_config() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a revision of a configuration does not change';
END $$;
CREATE TRIGGER agent_config_revision_stays BEFORE UPDATE OR DELETE ON agent_config_revision
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_config();

-- What one person wants in force in prod, until a second one says yes or somebody takes it back.
CREATE TABLE agent_config_proposal (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id        text COLLATE "C" NOT NULL REFERENCES agent (id),
  environment     text NOT NULL CHECK (environment IN ('dev', 'staging', 'prod')),
  revision        integer NOT NULL,                      -- that it was made against; 0 = there was none
  settings        jsonb NOT NULL,
  secrets         jsonb NOT NULL,
  back_to         integer,
  note            text NOT NULL,
  author_id       text NOT NULL,
  author_name     text NOT NULL,
  made_at         timestamptz(3) NOT NULL,
  outcome         text CHECK (outcome IN ('applied', 'withdrawn')),
  decided_by_name text,
  decided_at      timestamptz(3),
  CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX agent_config_proposal_open ON agent_config_proposal (agent_id, environment) WHERE outcome IS NULL;

-- When each instance first said that it runs a revision, or why it does not.
CREATE TABLE agent_config_acknowledgement (
  agent_id        text COLLATE "C" NOT NULL,
  environment     text NOT NULL,
  revision        integer NOT NULL,
  instance        text COLLATE "C" NOT NULL,
  acknowledged_at timestamptz(3) NOT NULL,
  fault           text,
  PRIMARY KEY (agent_id, environment, revision, instance)
);

ALTER TABLE agent_instance
  ADD COLUMN config_revision integer,
  ADD COLUMN config_fault    text;
