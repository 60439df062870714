-- A sign-in that has begun: the state of an identity provider, a wallet's nonce, a second factor that is awaited.
-- Both secrets are kept as SHA-256; a used row stays until it expires, so that a replay can be named.
CREATE TABLE sign_in_challenge (
  secret_hash   bytea PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('provider', 'wallet', 'second-factor')),
  browser_hash  bytea NOT NULL,              -- of the cookie of the browser that began it
  user_id       text REFERENCES auth_user (id) ON DELETE CASCADE,
  payload       text NOT NULL,               -- encrypted with a key made from AUTH_SECRET
  created_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  used_at       timestamptz(3)
);
CREATE INDEX sign_in_challenge_expires ON sign_in_challenge (expires_at);

-- TOTP (RFC 6238); in force once confirmed. A code opens nothing twice: `last_step` is the newest one used.
CREATE TABLE second_factor (
  user_id       text PRIMARY KEY REFERENCES auth_user (id) ON DELETE CASCADE,
  secret        text NOT NULL,               -- encrypted with a key made from AUTH_SECRET
  created_at    timestamptz(3) NOT NULL,
  confirmed_at  timestamptz(3),
  last_step     bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
  user_id       text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  hash          bytea NOT NULL,
  used_at       timestamptz(3),
  PRIMARY KEY (user_id, hash)
);

-- Who gave a role: an admin, or the claims of the identity provider at the last sign-in.
ALTER TABLE role_grant ADD COLUMN source text NOT NULL DEFAULT 'admin' CHECK (source IN ('admin', 'claims'));
ALTER TABLE auth_session ADD COLUMN way text NOT NULL DEFAULT 'password';
