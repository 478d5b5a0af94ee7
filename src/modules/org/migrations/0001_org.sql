CREATE TABLE team (
  id BIGINT PRIMARY KEY,
  team_key TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_ja TEXT NOT NULL,
  direction TEXT NOT NULL,
  parent_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_by_key ON team (team_key);
CREATE TABLE team_member (
  team_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  is_lead BIGINT NOT NULL,
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_member_by_user ON team_member (user_id);
-- Roles other than the CSM's, who is the owner of the account in customers. Periods are half open; nobody but one at a time.
CREATE TABLE account_role (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  since_day BIGINT NOT NULL,
  until_day BIGINT,
  why TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  assignment_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_role_now ON account_role (account_id, role) WHERE until_day IS NULL;
CREATE INDEX account_role_by_account ON account_role (account_id);
CREATE INDEX account_role_by_user ON account_role (user_id, role) WHERE until_day IS NULL;
CREATE TABLE absence (
  id BIGINT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  from_day BIGINT NOT NULL,
  until_day BIGINT NOT NULL,
  substitute_id BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX absence_by_user ON absence (user_id, until_day);
CREATE TABLE capacity (
  user_id BIGINT PRIMARY KEY,
  accounts BIGINT,
  arr_minor BIGINT,
  effort DOUBLE PRECISION
);
-- What a rule gave to whom, decided before anything is written, so that a job that begins again does the same.
CREATE TABLE assignment (
  id BIGINT PRIMARY KEY,
  rule_key TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_ja TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  moving BIGINT NOT NULL,
  done BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  actor_name TEXT NOT NULL,
  why TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  job_id BIGINT
);
CREATE INDEX assignment_by_time ON assignment (at_us);
CREATE TABLE assignment_move (
  assignment_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  from_id BIGINT NOT NULL,
  to_id BIGINT NOT NULL,
  PRIMARY KEY (assignment_id, position)
);
-- Who was served last by a rule that goes round.
CREATE TABLE assignment_turn (
  rule_key TEXT PRIMARY KEY,
  user_id BIGINT NOT NULL
);
CREATE TABLE handover (
  id BIGINT PRIMARY KEY,
  from_id BIGINT NOT NULL,
  to_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  due_day BIGINT,
  has_moved BIGINT NOT NULL,
  is_told BIGINT NOT NULL,
  created_at_us BIGINT NOT NULL,
  closed_at_us BIGINT
);
CREATE INDEX handover_by_state ON handover (state, created_at_us);
CREATE INDEX handover_untold ON handover (id) WHERE is_told = 0;
CREATE TABLE handover_account (
  handover_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  introduced_at_us BIGINT,
  note TEXT NOT NULL,
  PRIMARY KEY (handover_id, account_id)
);
CREATE INDEX handover_account_by_account ON handover_account (account_id);
CREATE TABLE handover_item (
  id BIGINT PRIMARY KEY,
  handover_id BIGINT NOT NULL,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  done_at_us BIGINT,
  done_by BIGINT NOT NULL
);
CREATE INDEX handover_item_by_handover ON handover_item (handover_id);
CREATE TABLE handover_event (
  id BIGINT PRIMARY KEY,
  handover_id BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_name TEXT NOT NULL,
  what_en TEXT NOT NULL,
  what_ja TEXT NOT NULL
);
CREATE INDEX handover_event_by_handover ON handover_event (handover_id);
