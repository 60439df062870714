-- Tickets into Grafana's frames that were used; each counts once on all replicas. Rows that are over go with the next use.
CREATE TABLE grafana_ticket (
  nonce text PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX grafana_ticket_until ON grafana_ticket (until);
