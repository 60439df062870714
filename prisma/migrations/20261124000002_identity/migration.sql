-- People, their ways to sign in and their sessions: the tables of the sign-in library (server/adapters/auth), with the
-- columns of ours that a request needs beside them.
CREATE TABLE auth_user (
  id             text PRIMARY KEY,
  name           text NOT NULL,
  email          text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image          text,
  preferences    jsonb NOT NULL DEFAULT '{}',
  disabled_at    timestamptz(3),
  seen_at        timestamptz(3),
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  updated_at     timestamptz(3) NOT NULL DEFAULT now()
);

-- One row a way to sign in: provider "credential" is the password, others are added beside it.
CREATE TABLE auth_account (
  id                       text PRIMARY KEY,
  user_id                  text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  provider_id              text NOT NULL,
  account_id               text NOT NULL,
  password                 text,               -- scrypt, with its salt
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope                    text,
  created_at               timestamptz(3) NOT NULL DEFAULT now(),
  updated_at               timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX auth_account_user ON auth_account (user_id);

-- A session is good while its row is there, has not expired, was seen lately and its person is not disabled.
CREATE TABLE auth_session (
  id             text PRIMARY KEY,
  token          text NOT NULL UNIQUE,
  user_id        text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  ip_address     text,
  user_agent     text,
  expires_at     timestamptz(3) NOT NULL,
  last_seen_at   timestamptz(3) NOT NULL DEFAULT now(),
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  updated_at     timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX auth_session_user ON auth_session (user_id);

-- One-time values: links that set a password (identifier = hash of the link's secret), later OIDC states and nonces.
CREATE TABLE auth_verification (
  id             text PRIMARY KEY,
  identifier     text NOT NULL,
  value          text NOT NULL,
  expires_at     timestamptz(3) NOT NULL,
  created_at     timestamptz(3) NOT NULL DEFAULT now(),
  updated_at     timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX auth_verification_identifier ON auth_verification (identifier);

-- Who holds which role where; null = on every network, in every environment.
CREATE TABLE role_grant (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id        text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  role           text NOT NULL CHECK (role IN ('viewer', 'operator', 'developer', 'auditor', 'admin')),
  network        smallint,
  environment    text,
  UNIQUE NULLS NOT DISTINCT (user_id, role, network, environment)
);

-- Wrong passwords lately, per address and per account (server/features/identity/throttle-rules.ts).
CREATE TABLE sign_in_throttle (
  key            text PRIMARY KEY,
  failures       integer NOT NULL,
  since          timestamptz(3) NOT NULL,
  blocked_until  timestamptz(3)
);

-- The audit log is read newest first, whole or by one of these.
DROP INDEX audit_entry_subject, audit_entry_actor;
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_subject ON audit_entry (subject, at, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at, id);
CREATE INDEX audit_entry_action ON audit_entry (action, at, id);
