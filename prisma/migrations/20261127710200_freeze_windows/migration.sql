-- Freezes recur by the same rules as maintenance windows; they are changed by revisions and can be ended.
ALTER TABLE rollout_freeze ADD COLUMN time jsonb;
UPDATE rollout_freeze SET time = jsonb_build_object('kind', 'once',
  'startsAt', to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'endsAt', to_char(ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
ALTER TABLE rollout_freeze
  ALTER COLUMN time SET NOT NULL,
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN made_at timestamptz(3),
  ADD COLUMN changed_at timestamptz(3),
  ADD COLUMN changed_by text,
  ADD COLUMN ended_by text;
UPDATE rollout_freeze SET made_at = least(starts_at, now()), changed_at = least(starts_at, now()), changed_by = made_by;
ALTER TABLE rollout_freeze
  ALTER COLUMN made_at SET NOT NULL,
  ALTER COLUMN changed_at SET NOT NULL,
  ALTER COLUMN changed_by SET NOT NULL,
  DROP COLUMN starts_at;
ALTER TABLE rollout_freeze RENAME COLUMN ends_at TO closes_at;
DROP INDEX rollout_freeze_at;
CREATE INDEX rollout_freeze_list ON rollout_freeze (environment, closes_at DESC, id DESC);
