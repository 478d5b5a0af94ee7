CREATE TABLE usage_source (
  source_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  key_hint TEXT NOT NULL,
  created_at_us BIGINT NOT NULL
);
CREATE TABLE usage_feature (
  feature_id BIGINT PRIMARY KEY,
  feature_key TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL,
  name_ja TEXT NOT NULL,
  module TEXT NOT NULL,
  is_active BIGINT NOT NULL,
  ignored BIGINT NOT NULL
);
CREATE TABLE usage_event_type (
  kind BIGINT NOT NULL,
  name TEXT NOT NULL,
  feature_id BIGINT NOT NULL REFERENCES usage_feature (feature_id),
  PRIMARY KEY (kind, name)
);
CREATE TABLE usage_group_call (
  source_id BIGINT NOT NULL,
  person_key TEXT NOT NULL,
  since_at_us BIGINT NOT NULL,
  group_key TEXT NOT NULL,
  PRIMARY KEY (source_id, person_key, since_at_us, group_key)
);
CREATE TABLE usage_alias (
  source_id BIGINT NOT NULL,
  from_key TEXT NOT NULL,
  to_key TEXT NOT NULL,
  since_at_us BIGINT NOT NULL,
  PRIMARY KEY (source_id, from_key)
);
CREATE TABLE usage_group_assignment (
  source_id BIGINT NOT NULL,
  group_key TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  assigned_by BIGINT NOT NULL,
  assigned_at_us BIGINT NOT NULL,
  PRIMARY KEY (source_id, group_key)
);
CREATE TABLE usage_person (
  source_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  person_key TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  known_at_us BIGINT NOT NULL,
  PRIMARY KEY (source_id, account_id, person_key)
);
CREATE INDEX usage_person_by_account ON usage_person (account_id);
