-- The audit log as a hash chain (docs/adr/0014). Writers insert entries in their own transactions and hold nothing that
-- another writer waits for: a trigger notes the entry in audit_unsealed, and a sealer turns what is committed there into
-- links, in short batches, one sealer at a time.
CREATE TABLE audit_link (
  seq        bigint PRIMARY KEY,             -- 1, 2, 3 …, without a gap
  entry_id   bigint NOT NULL UNIQUE,
  previous   bytea NOT NULL,                 -- hash of the link before; 32 zero bytes for the first
  hash       bytea NOT NULL,                 -- server/features/audit/link-hash.ts, version 1
  sealed_at  timestamptz(3) NOT NULL
);

CREATE TABLE audit_unsealed (entry_id bigint PRIMARY KEY);

CREATE FUNCTION note_unsealed_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_unsealed AFTER INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION note_unsealed_audit_entry();
INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry;

-- The head of the chain, once a day, to be kept where this database's owner cannot reach.
CREATE TABLE audit_anchor (
  day         date PRIMARY KEY,
  seq         bigint NOT NULL,
  hash        bytea NOT NULL,
  at          timestamptz(3) NOT NULL,
  public_key  text,                          -- Ed25519, base64; null = not signed
  signature   text
);

-- Walks along the whole chain: asked for by a person or by the day, and what they found.
CREATE TABLE audit_check (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  asked_at    timestamptz(3) NOT NULL,
  asked_by    text NOT NULL,
  started_at  timestamptz(3),
  ended_at    timestamptz(3),
  links       bigint,
  verdict     jsonb
);

-- Nothing of it is changed or taken back. ALWAYS: also not by a session that plays the part of a replica.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_append_only;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_unsealed;
ALTER TABLE audit_link ENABLE ALWAYS TRIGGER audit_link_append_only;
ALTER TABLE audit_anchor ENABLE ALWAYS TRIGGER audit_anchor_append_only;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_link, audit_anchor FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_link, audit_anchor FROM CURRENT_USER;

-- Found by what a reader types: the request id, and parts of names and subjects.
CREATE INDEX audit_entry_request ON audit_entry (request_id, at, id);
CREATE INDEX audit_entry_network ON audit_entry (network, at, id) WHERE network IS NOT NULL;
