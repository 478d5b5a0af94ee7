CREATE TABLE usage_quarantine (
  quarantine_id BIGINT PRIMARY KEY,
  source_id BIGINT NOT NULL,
  received_at_us BIGINT NOT NULL,
  kind BIGINT,
  reason TEXT NOT NULL,
  field TEXT NOT NULL,
  message_en TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  call_text TEXT NOT NULL,
  context_text TEXT NOT NULL,
  sent_at_us BIGINT,
  fingerprint TEXT NOT NULL UNIQUE
);
CREATE INDEX usage_quarantine_by_source ON usage_quarantine (source_id, quarantine_id);
CREATE INDEX usage_quarantine_by_age ON usage_quarantine (received_at_us);
CREATE TABLE usage_person_assignment (
  source_id BIGINT NOT NULL,
  person_key TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  assigned_by BIGINT NOT NULL,
  assigned_at_us BIGINT NOT NULL,
  PRIMARY KEY (source_id, person_key)
);
CREATE TABLE usage_correction (
  correction_id BIGINT PRIMARY KEY,
  node BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  subject_key TEXT NOT NULL,
  done BIGINT NOT NULL
);
CREATE INDEX usage_group_call_by_group ON usage_group_call (source_id, group_key);
CREATE INDEX usage_alias_by_target ON usage_alias (source_id, to_key);
ALTER TABLE usage_person ADD COLUMN email_at_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_person ADD COLUMN name_at_us BIGINT NOT NULL DEFAULT 0;
UPDATE usage_person SET email_at_us = known_at_us, name_at_us = known_at_us;
INSERT INTO usage_person (source_id, account_id, person_key, email, name, known_at_us, email_at_us, name_at_us)
SELECT source_id, 0, person_key, email, name, known_at_us, known_at_us, known_at_us FROM usage_person newest
WHERE source_id <> 0 AND account_id <> 0 AND NOT EXISTS (
  SELECT 1 FROM usage_person other
  WHERE other.source_id = newest.source_id AND other.person_key = newest.person_key
    AND (other.account_id = 0 OR other.known_at_us > newest.known_at_us
         OR (other.known_at_us = newest.known_at_us AND other.account_id > newest.account_id)));
