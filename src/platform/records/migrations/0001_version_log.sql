CREATE TABLE record_version (
  version_id BIGINT PRIMARY KEY,
  entity TEXT NOT NULL,
  entity_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  known_at_us BIGINT NOT NULL,
  recorded_at_us BIGINT NOT NULL,
  actor_user_id BIGINT NOT NULL,
  actor_name TEXT NOT NULL,
  why TEXT NOT NULL,
  import_id BIGINT NOT NULL,
  body TEXT
);
CREATE INDEX record_version_by_entity ON record_version (entity, entity_id, known_at_us, version_id);
CREATE INDEX record_version_by_account ON record_version (account_id, known_at_us);
CREATE INDEX record_version_by_import ON record_version (import_id, version_id);
