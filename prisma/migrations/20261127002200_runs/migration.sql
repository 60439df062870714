-- What a kept job did: the engagements that it ran, what they said, and what they read and made, by CID.
ALTER TABLE agent_job
  ADD COLUMN tasks   jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN logs    jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN inputs  jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN outputs jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN cids    text[] COLLATE "C" NOT NULL DEFAULT '{}';  -- of inputs and outputs, to find jobs by
-- Each filter of the list has an index that ends in the order of the list.
CREATE INDEX agent_job_version ON agent_job (agent_id, environment, version, ended_at DESC, id);
CREATE INDEX agent_job_vault ON agent_job (agent_id, environment, vault_id, ended_at DESC, id);
CREATE INDEX agent_job_cids ON agent_job USING gin (cids);
-- "What was live at T".
CREATE INDEX deployment_set_applied ON deployment_set (agent_id, environment, applied_at DESC);
