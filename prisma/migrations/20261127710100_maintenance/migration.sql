-- When work on things is agreed on: alerts that it fits are held, not hidden, until it is over.
CREATE TABLE maintenance_window (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  network    smallint NOT NULL,
  title      text NOT NULL,
  rule       text,
  names      text,                                  -- of subjects; * stands for any run of characters
  time       jsonb NOT NULL,                        -- once, or each week by the clocks of a zone
  revision   integer NOT NULL DEFAULT 1,
  made_at    timestamptz(3) NOT NULL,
  made_by    text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  closes_at  timestamptz(3) NOT NULL,               -- its last end, or when somebody ended it
  ended_by   text,
  CHECK (rule IS NOT NULL OR names IS NOT NULL)
);
CREATE INDEX maintenance_window_list ON maintenance_window (network, closes_at DESC, id DESC);

ALTER TABLE alert
  ADD COLUMN maintenance bigint,
  ADD COLUMN maintenance_until timestamptz(3);
CREATE INDEX alert_maintenance ON alert (network) WHERE maintenance IS NOT NULL AND resolved_at IS NULL;
