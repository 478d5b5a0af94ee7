CREATE TABLE portal_person (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  language TEXT NOT NULL,
  invited_at_us BIGINT NOT NULL,
  invited_by TEXT NOT NULL,
  invitation_mail_id BIGINT NOT NULL,
  disabled BIGINT NOT NULL,
  first_seen_at_us BIGINT,
  last_seen_at_us BIGINT
);
CREATE UNIQUE INDEX portal_person_by_contact ON portal_person (account_id, contact_id);

CREATE TABLE portal_link (
  hash TEXT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  cause TEXT NOT NULL,
  address TEXT NOT NULL,
  made_at_us BIGINT NOT NULL,
  until_at_us BIGINT NOT NULL,
  used_at_us BIGINT
);
CREATE INDEX portal_link_by_person ON portal_link (person_id, cause);
CREATE INDEX portal_link_by_end ON portal_link (until_at_us);

CREATE TABLE portal_session (
  hash TEXT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  began_at_us BIGINT NOT NULL,
  until_at_us BIGINT NOT NULL,
  seen_at_us BIGINT NOT NULL,
  viewed_by BIGINT NOT NULL
);
CREATE INDEX portal_session_by_contact ON portal_session (account_id, contact_id);
CREATE INDEX portal_session_by_end ON portal_session (until_at_us);

CREATE TABLE portal_request (
  id BIGINT PRIMARY KEY,
  subject TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  waits BIGINT NOT NULL
);
CREATE INDEX portal_request_by_subject ON portal_request (subject, at_us);
CREATE INDEX portal_request_by_time ON portal_request (at_us);
CREATE INDEX portal_request_by_state ON portal_request (waits, id);

CREATE TABLE portal_event (
  id BIGINT PRIMARY KEY,
  at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  by_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX portal_event_by_account ON portal_event (account_id, id);

CREATE TABLE portal_consent (
  account_id BIGINT PRIMARY KEY,
  given BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  by_name TEXT NOT NULL,
  at_us BIGINT NOT NULL
);

CREATE TABLE portal_document (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  shared_at_us BIGINT NOT NULL,
  shared_by TEXT NOT NULL,
  downloads BIGINT NOT NULL
);
CREATE INDEX portal_document_by_account ON portal_document (account_id, id);

CREATE TABLE portal_document_part (
  document_id BIGINT NOT NULL,
  part BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (document_id, part)
);

CREATE TABLE portal_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at_us BIGINT NOT NULL
);
