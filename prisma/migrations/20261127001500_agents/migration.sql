-- The registry of agents. An agent is `<asPubkey>:<alias>`; a version of it is the CID of what was uploaded.
CREATE TABLE agent (
  id             text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}:[a-z0-9][a-z0-9-]{0,62}$'),
  alias          text COLLATE "C" NOT NULL,
  agent_service  text COLLATE "C" NOT NULL,              -- public key, 64 hex digits
  description    text NOT NULL DEFAULT '',
  created_at     timestamptz(3) NOT NULL,
  created_by     text NOT NULL,
  -- Kept by the verbs that add or change versions, so that the list reads one table.
  versions       integer NOT NULL DEFAULT 0,
  latest_cid     text,
  latest_semver  text,
  latest_state   text,
  changed_at     timestamptz(3) NOT NULL,
  changed_by     text NOT NULL,
  is_archived    boolean NOT NULL DEFAULT false,         -- every version is
  words          text NOT NULL GENERATED ALWAYS AS (lower(id || ' ' || description)) STORED,
  CHECK (id = agent_service || ':' || alias)
);
CREATE INDEX agent_by_alias ON agent (alias, id);
CREATE INDEX agent_by_change ON agent (changed_at DESC, id);
CREATE INDEX agent_by_versions ON agent (versions DESC, id);
CREATE INDEX agent_words ON agent USING gin (words gin_trgm_ops);

CREATE TABLE agent_version (
  agent_id         text COLLATE "C" NOT NULL REFERENCES agent (id),
  cid              text COLLATE "C" NOT NULL CHECK (cid ~ '^baear4i[a-z2-7]{52}$'),  -- of the DAG node that links the files
  semver           text COLLATE "C" NOT NULL,
  state            text NOT NULL CHECK (state IN ('draft', 'validated', 'deployed', 'deprecated', 'archived')),
  manifest         jsonb NOT NULL,
  manifest_text    text NOT NULL,                        -- as it was uploaded
  bundle_cid       text COLLATE "C" NOT NULL,
  bundle_bytes     bigint NOT NULL CHECK (bundle_bytes >= 0),
  files            jsonb NOT NULL,                       -- [{name, cid, bytes}], sorted by name
  total_bytes      bigint NOT NULL CHECK (total_bytes >= 0),
  note             text NOT NULL DEFAULT '',
  uploaded_at      timestamptz(3) NOT NULL,
  uploaded_by      text NOT NULL,
  uploaded_by_id   text NOT NULL,
  state_changed_at timestamptz(3) NOT NULL,
  sunset_at        timestamptz(3),                       -- only of a deprecated one
  verified_at      timestamptz(3) NOT NULL,              -- when its bytes last hashed to their CIDs
  PRIMARY KEY (agent_id, cid),
  UNIQUE (agent_id, semver),
  CHECK (sunset_at IS NULL OR state IN ('deprecated', 'archived'))
);
CREATE INDEX agent_version_newest ON agent_version (agent_id, uploaded_at DESC, cid);
CREATE INDEX agent_version_cid ON agent_version (cid);
CREATE INDEX agent_version_bundle ON agent_version (bundle_cid);
CREATE INDEX agent_version_sunset ON agent_version (sunset_at) WHERE state = 'deprecated';

CREATE TABLE agent_version_transition (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id   text COLLATE "C" NOT NULL,
  cid        text COLLATE "C" NOT NULL,
  from_state text,                                       -- null = it was registered
  to_state   text NOT NULL,
  actor_id   text NOT NULL,
  actor_name text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz(3) NOT NULL,
  FOREIGN KEY (agent_id, cid) REFERENCES agent_version (agent_id, cid)
);
CREATE INDEX agent_version_transition_of ON agent_version_transition (agent_id, cid, id DESC);

-- An upload that is not registered yet. Its parts lie in the object store until it is registered, given up or too old.
CREATE TABLE agent_upload (
  id            uuid PRIMARY KEY,
  agent_service text NOT NULL,
  files         jsonb NOT NULL,                          -- [{name, bytes, storeId}] in the order of file_index
  state         text NOT NULL CHECK (state IN ('open', 'completing', 'done', 'given_up')),
  actor_id      text NOT NULL,
  actor_name    text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  touched_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  is_cleared    boolean NOT NULL DEFAULT false           -- nothing of it is left in staging
);
CREATE INDEX agent_upload_left ON agent_upload (expires_at) WHERE NOT is_cleared;
CREATE INDEX agent_upload_actor ON agent_upload (actor_id) WHERE state IN ('open', 'completing');

CREATE TABLE agent_upload_part (
  upload_id  uuid NOT NULL REFERENCES agent_upload (id) ON DELETE CASCADE,
  file_index integer NOT NULL,
  part       integer NOT NULL CHECK (part > 0),
  bytes      bigint NOT NULL,
  etag       text NOT NULL,                              -- what the store calls the part
  stored_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (upload_id, file_index, part)
);

-- The palette finds agents by any part of their id, and versions by their CID or semver.
CREATE FUNCTION note_known_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM know_entity(ROW('agent', 0, NEW.id, NEW.alias,
    concat_ws(', ', left(NEW.agent_service, 6) || '…' || right(NEW.agent_service, 4), NEW.latest_semver),
    NEW.is_archived, '', concat_ws(' ', NEW.id, NEW.description))::known_entity);
  RETURN NULL;
END $$;
CREATE TRIGGER known_agent AFTER INSERT OR UPDATE ON agent FOR EACH ROW EXECUTE FUNCTION note_known_agent();
