-- Files that are written in the background for one person. A worker holds a job by a lease that it renews; whose lease
-- ran out is taken by another one, which starts the file anew.
CREATE TABLE export_job (
  id            uuid PRIMARY KEY,
  owner_id      text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  source        text NOT NULL,
  query         jsonb NOT NULL,
  format        text NOT NULL,
  is_compressed boolean NOT NULL,
  title         text NOT NULL,
  file_name     text NOT NULL,
  state         text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired', 'removed')),
  reason        text,                      -- why it failed, for the person
  rows          bigint NOT NULL DEFAULT 0,
  bytes         bigint NOT NULL DEFAULT 0,
  total_rows    bigint,                    -- null = not counted
  is_estimate   boolean NOT NULL DEFAULT false,
  attempt       smallint NOT NULL DEFAULT 0,
  worker        text,
  lease_until   timestamptz(3),
  request_id    text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  started_at    timestamptz(3),
  finished_at   timestamptz(3),
  expires_at    timestamptz(3)             -- when the file goes
);
CREATE INDEX export_job_owner ON export_job (owner_id, created_at, id);
CREATE INDEX export_job_open ON export_job (created_at) WHERE state IN ('queued', 'running');
CREATE INDEX export_job_finished ON export_job (finished_at) WHERE state NOT IN ('queued', 'running');
