ALTER TABLE usage_source ADD COLUMN silent_after_minutes BIGINT;
CREATE TABLE usage_source_statistics (
  source_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  duplicates BIGINT NOT NULL,
  late BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  last_received_at_us BIGINT,
  PRIMARY KEY (source_id, node)
);
CREATE TABLE usage_source_refusal (
  source_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  reason TEXT NOT NULL,
  refused BIGINT NOT NULL,
  PRIMARY KEY (source_id, node, reason)
);
CREATE TABLE usage_source_minute (
  source_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  minute_number BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  duplicates BIGINT NOT NULL,
  late BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  quarantined BIGINT NOT NULL,
  PRIMARY KEY (source_id, node, minute_number)
);
CREATE TABLE usage_source_hour (
  source_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  hour_number BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  PRIMARY KEY (source_id, node, hour_number)
);
CREATE TABLE usage_property_type (
  kind BIGINT NOT NULL,
  event_name TEXT NOT NULL,
  node BIGINT NOT NULL,
  events BIGINT NOT NULL,
  looked_into BIGINT NOT NULL,
  more BIGINT NOT NULL,
  PRIMARY KEY (kind, event_name, node)
);
CREATE TABLE usage_property (
  kind BIGINT NOT NULL,
  event_name TEXT NOT NULL,
  node BIGINT NOT NULL,
  property TEXT NOT NULL,
  json_types BIGINT NOT NULL,
  events BIGINT NOT NULL,
  examples TEXT NOT NULL,
  first_at_us BIGINT NOT NULL,
  last_at_us BIGINT NOT NULL,
  PRIMARY KEY (kind, event_name, node, property)
);
