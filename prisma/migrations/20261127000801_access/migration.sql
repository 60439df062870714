-- What a token that came with a request allows. The token itself is a key to the data, so it is not kept: `name` is the
-- hash of the part that all tokens made from the same grant share.
CREATE TABLE ddc_grant (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          bytea NOT NULL UNIQUE,
  bucket        bigint,                     -- null = every bucket of who gave it
  giver         bytea,                      -- public key that signed the first token of the chain, as the token says
  holder        bytea,                      -- whom it was given to; null = whoever has it
  operations    smallint NOT NULL,          -- bits 1 put 2 get 4 delete, as all of the chain allow
  links         smallint NOT NULL,          -- tokens in the chain
  expires_at    timestamptz(3),             -- first end in the chain; null = none
  first_seen    timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX ddc_grant_bucket ON ddc_grant (bucket, expires_at);

ALTER TABLE activity ADD COLUMN grant_id integer;
-- Newest first within what an access audit asks for: one account, or what was not answered with OK.
CREATE INDEX activity_client_at ON activity (client, at);
CREATE INDEX activity_grant_at ON activity (grant_id, at) WHERE grant_id IS NOT NULL;
CREATE INDEX activity_not_ok_at ON activity (at) WHERE status <> 0;
