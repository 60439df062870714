-- What the registry holds as a whole is told beside each page of it: counted from these, not from all rows.
CREATE INDEX agent_totals ON agent (is_archived, versions);
CREATE INDEX deployment_locked ON deployment (locked_at) WHERE locked_at IS NOT NULL;
