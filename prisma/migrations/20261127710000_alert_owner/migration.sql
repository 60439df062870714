-- What one person has, in the order of the queue.
CREATE INDEX alert_owner ON alert (network, owner_id, severity, pending_at DESC, id DESC)
  WHERE resolved_at IS NULL AND owner_id IS NOT NULL;
