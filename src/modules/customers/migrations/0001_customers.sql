-- The present state of each kind of record; every earlier state is in record_version. Ids of things that are not there
-- are 0, texts that are not there are empty.
CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reading TEXT NOT NULL,
  domains TEXT NOT NULL,
  parent_id BIGINT NOT NULL,
  pending_parent TEXT NOT NULL,
  phase TEXT NOT NULL,
  owner_id BIGINT NOT NULL,
  owner_name TEXT NOT NULL,
  industry TEXT NOT NULL,
  size TEXT NOT NULL,
  region TEXT NOT NULL,
  country TEXT NOT NULL,
  plan TEXT NOT NULL,
  created_day BIGINT,
  attributes TEXT NOT NULL,
  search_key TEXT NOT NULL,
  sort_key TEXT NOT NULL
);
CREATE UNIQUE INDEX account_by_external_id ON account (external_id);
CREATE INDEX account_by_parent ON account (parent_id);
CREATE INDEX account_by_pending_parent ON account (pending_parent);
-- Which account an e-mail domain belongs to; kept in step with account.domains.
CREATE TABLE account_domain (
  domain TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (domain, account_id)
);
CREATE INDEX account_domain_by_account ON account_domain (account_id);
CREATE TABLE contact (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reading TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL,
  consent TEXT NOT NULL,
  consent_proof TEXT NOT NULL,
  consent_at_us BIGINT,
  search_key TEXT NOT NULL
);
CREATE INDEX contact_by_external_id ON contact (external_id);
CREATE INDEX contact_by_email ON contact (email);
CREATE INDEX contact_by_name ON contact (name);
-- A person on an account.
CREATE TABLE contact_role (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  roles TEXT NOT NULL,
  first_day BIGINT,
  left_day BIGINT
);
CREATE INDEX contact_role_by_account ON contact_role (account_id);
CREATE UNIQUE INDEX contact_role_by_contact ON contact_role (contact_id, account_id);
CREATE TABLE ticket (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  category TEXT NOT NULL,
  requester_id BIGINT NOT NULL,
  requester TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  opened_at_us BIGINT NOT NULL,
  closed_at_us BIGINT,
  match_key TEXT NOT NULL
);
CREATE INDEX ticket_by_match_key ON ticket (match_key);
CREATE INDEX ticket_by_account ON ticket (account_id);
CREATE TABLE interaction (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  occurred_at_us BIGINT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  contact_ids TEXT NOT NULL,
  other_participants TEXT NOT NULL,
  author TEXT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE INDEX interaction_by_match_key ON interaction (match_key);
CREATE INDEX interaction_by_account ON interaction (account_id);
CREATE TABLE survey_answer (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  scale_max DOUBLE PRECISION NOT NULL,
  comment TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  contact_name TEXT NOT NULL,
  answered_at_us BIGINT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE INDEX survey_answer_by_match_key ON survey_answer (match_key);
CREATE INDEX survey_answer_by_account ON survey_answer (account_id);
CREATE TABLE attendance (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  contact_name TEXT NOT NULL,
  attended_day BIGINT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE INDEX attendance_by_match_key ON attendance (match_key);
CREATE INDEX attendance_by_account ON attendance (account_id);
CREATE TABLE attribute_definition (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  attribute_key TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_ja TEXT NOT NULL,
  type TEXT NOT NULL,
  choices TEXT NOT NULL,
  currency TEXT NOT NULL
);
CREATE UNIQUE INDEX attribute_definition_by_key ON attribute_definition (attribute_key);
