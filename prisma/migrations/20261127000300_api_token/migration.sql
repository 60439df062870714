-- Tokens for machines. The secret has 256 random bits and is kept as its SHA-256 only; `hint` is what it starts with.
CREATE TABLE api_token (
  id            text PRIMARY KEY,
  user_id       text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  name          text NOT NULL,
  hint          text NOT NULL,
  hash          bytea NOT NULL UNIQUE,
  scopes        text[] NOT NULL CHECK (cardinality(scopes) > 0),
  network       smallint,                  -- null = wherever the owner's roles reach
  environment   text,
  created_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  last_used_at  timestamptz(3),            -- exact to a minute
  last_used_from text,
  revoked_at    timestamptz(3),
  replaced_by   text REFERENCES api_token (id) ON DELETE SET NULL
);
CREATE INDEX api_token_user ON api_token (user_id, id);
