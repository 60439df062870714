-- The list of agents, filtered by their service, and by where a version of them runs.
CREATE INDEX agent_by_service ON agent (agent_service, alias, id);
CREATE INDEX deployment_live ON deployment (environment, agent_id) WHERE records <> '[]';
