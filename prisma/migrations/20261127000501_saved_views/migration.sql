-- A name for the address of a page: its filters, columns, order and time range. Of one person, or shared with everybody.
CREATE TABLE saved_view (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id      text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  page          text NOT NULL,              -- the path without network: "nodes", "settings/audit"
  name          text NOT NULL,
  query         text NOT NULL,              -- what follows the question mark
  is_shared     boolean NOT NULL DEFAULT false,
  is_default    boolean NOT NULL DEFAULT false, -- of its owner
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  updated_at    timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (owner_id, page, name)
);
CREATE INDEX saved_view_page ON saved_view (page) WHERE is_shared;
CREATE UNIQUE INDEX saved_view_default ON saved_view (owner_id, page) WHERE is_default;
