-- In a database that was filled from another one: from which installation, and how far.
CREATE TABLE records_copy (
  source_id BIGINT PRIMARY KEY,
  finished_at_us BIGINT NOT NULL,
  events_until BIGINT NOT NULL
);
