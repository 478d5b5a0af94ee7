CREATE TABLE mail (
  id BIGINT PRIMARY KEY,
  unique_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  definition TEXT NOT NULL,
  definition_version BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  sender_id BIGINT NOT NULL,
  source TEXT NOT NULL,
  ordered_values TEXT NOT NULL,
  ordered_by TEXT NOT NULL,
  invitation_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL,
  ordered_at_us BIGINT NOT NULL,
  next_at_us BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  first_failed_at_us BIGINT,
  claimed_by TEXT NOT NULL,
  claimed_until_at_us BIGINT,
  message_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_body TEXT NOT NULL,
  html_body TEXT NOT NULL,
  sent_at_us BIGINT,
  opened_at_us BIGINT,
  clicked_at_us BIGINT,
  replied_at_us BIGINT,
  bounced_at_us BIGINT,
  answered_at_us BIGINT,
  unsubscribed_at_us BIGINT,
  on_timeline BIGINT NOT NULL
);
CREATE UNIQUE INDEX mail_by_unique_key ON mail (unique_key);
CREATE INDEX mail_by_due ON mail (state, next_at_us);
CREATE INDEX mail_by_address ON mail (address, ordered_at_us);
CREATE INDEX mail_by_account ON mail (account_id, ordered_at_us);
CREATE INDEX mail_by_contact ON mail (contact_id, ordered_at_us);
CREATE INDEX mail_by_source ON mail (source);
CREATE INDEX mail_by_order ON mail (ordered_at_us);
CREATE INDEX mail_by_definition ON mail (kind, definition, state);
CREATE INDEX mail_by_timeline ON mail (on_timeline, state);

CREATE TABLE mail_event (
  id BIGINT PRIMARY KEY,
  mail_id BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  event TEXT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL,
  by_name TEXT NOT NULL
);
CREATE INDEX mail_event_by_mail ON mail_event (mail_id, id);

CREATE TABLE mail_untold (
  id BIGINT PRIMARY KEY,
  mail_id BIGINT NOT NULL,
  happening TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  score DOUBLE PRECISION,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL
);

CREATE TABLE mail_link (
  mail_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (mail_id, number)
);

CREATE TABLE survey_invitation (
  mail_id BIGINT PRIMARY KEY,
  survey TEXT NOT NULL,
  survey_version BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  sent_at_us BIGINT NOT NULL,
  closes_at_us BIGINT NOT NULL,
  answered_at_us BIGINT,
  score DOUBLE PRECISION,
  answer_comment TEXT NOT NULL
);
CREATE INDEX survey_invitation_by_survey ON survey_invitation (survey, sent_at_us);

CREATE TABLE mail_suppression (
  id BIGINT PRIMARY KEY,
  address TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_at_us BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  note TEXT NOT NULL,
  mail_id BIGINT NOT NULL,
  lifted_at_us BIGINT,
  lifted_by TEXT NOT NULL,
  lifted_why TEXT NOT NULL
);
CREATE INDEX mail_suppression_by_address ON mail_suppression (address);

CREATE TABLE mail_preference (
  address TEXT NOT NULL,
  topic TEXT NOT NULL,
  allowed BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  PRIMARY KEY (address, topic)
);

CREATE TABLE consent_event (
  id BIGINT PRIMARY KEY,
  contact_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  topic TEXT NOT NULL,
  allowed BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  recorded_at_us BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  how TEXT NOT NULL,
  text_shown TEXT NOT NULL
);
CREATE INDEX consent_event_by_contact ON consent_event (contact_id);

CREATE TABLE received_mail (
  id BIGINT PRIMARY KEY,
  message_key TEXT NOT NULL,
  received_at_us BIGINT NOT NULL,
  from_email TEXT NOT NULL,
  subject TEXT NOT NULL,
  result TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  mail_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX received_mail_by_key ON received_mail (message_key);
CREATE INDEX received_mail_by_time ON received_mail (received_at_us);

CREATE TABLE inbox_place (
  mailbox TEXT PRIMARY KEY,
  uid_validity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL
);

CREATE TABLE outreach_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at_us BIGINT NOT NULL
);
