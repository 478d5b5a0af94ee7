CREATE TABLE work_call (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  unique_key TEXT,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  explanation_en TEXT NOT NULL,
  explanation_ja TEXT NOT NULL,
  evidence TEXT NOT NULL,
  role TEXT NOT NULL,
  assignee_id BIGINT NOT NULL,
  responsible_id BIGINT NOT NULL,
  stands_in_for_id BIGINT NOT NULL,
  due_day BIGINT NOT NULL,
  playbook TEXT NOT NULL,
  source TEXT NOT NULL,
  source_version BIGINT NOT NULL,
  value_minor BIGINT,
  hours_estimate DOUBLE PRECISION NOT NULL,
  opened_at_us BIGINT NOT NULL,
  opened_day BIGINT NOT NULL,
  opened_by BIGINT NOT NULL,
  started_at_us BIGINT,
  closed_at_us BIGINT,
  closed_day BIGINT,
  outcome TEXT,
  why_en TEXT NOT NULL,
  why_ja TEXT NOT NULL,
  closed_by BIGINT NOT NULL,
  snoozed_until_day BIGINT,
  snooze_condition TEXT NOT NULL,
  snooze_why TEXT NOT NULL,
  feedback TEXT NOT NULL,
  feedback_why TEXT NOT NULL,
  feedback_by BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX work_call_open_by_reason ON work_call (account_id, reason) WHERE closed_at_us IS NULL;
CREATE UNIQUE INDEX work_call_by_key ON work_call (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX work_call_by_account ON work_call (account_id, id);
CREATE INDEX work_call_by_closing ON work_call (closed_at_us) WHERE closed_at_us IS NOT NULL;
CREATE INDEX work_call_by_closing_of_user ON work_call (responsible_id, closed_at_us) WHERE closed_at_us IS NOT NULL;

CREATE TABLE work_task (
  id BIGINT PRIMARY KEY,
  unique_key TEXT,
  call_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  description_en TEXT NOT NULL,
  description_ja TEXT NOT NULL,
  role TEXT NOT NULL,
  assignee_id BIGINT NOT NULL,
  responsible_id BIGINT NOT NULL,
  stands_in_for_id BIGINT NOT NULL,
  due_day BIGINT NOT NULL,
  is_required BIGINT NOT NULL,
  source TEXT NOT NULL,
  created_at_us BIGINT NOT NULL,
  finished_at_us BIGINT,
  finished_day BIGINT,
  finished_by BIGINT NOT NULL,
  why TEXT NOT NULL
);
CREATE UNIQUE INDEX work_task_by_key ON work_task (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX work_task_by_call ON work_task (call_id, id) WHERE call_id <> 0;
CREATE INDEX work_task_by_account ON work_task (account_id, id);
CREATE INDEX work_task_open ON work_task (responsible_id, due_day) WHERE finished_at_us IS NULL;
CREATE INDEX work_task_by_creation ON work_task (created_at_us);

CREATE TABLE work_history (
  id BIGINT PRIMARY KEY,
  call_id BIGINT NOT NULL,
  task_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  why TEXT NOT NULL,
  batch BIGINT NOT NULL
);
CREATE INDEX work_history_by_call ON work_history (call_id, id) WHERE call_id <> 0;
CREATE INDEX work_history_woken ON work_history (at_us) WHERE event = 'woken';
CREATE INDEX work_history_by_batch ON work_history (batch) WHERE batch <> 0;

CREATE TABLE work_untold (
  id BIGINT PRIMARY KEY
);

CREATE TABLE work_comment (
  id BIGINT PRIMARY KEY,
  call_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  body TEXT NOT NULL,
  mentions TEXT NOT NULL
);
CREATE INDEX work_comment_by_call ON work_comment (call_id, id);

CREATE TABLE work_follower (
  call_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  since_us BIGINT NOT NULL,
  PRIMARY KEY (call_id, user_id)
);

CREATE TABLE work_notice (
  id BIGINT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  event TEXT NOT NULL,
  call_id BIGINT NOT NULL,
  task_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  text_en TEXT NOT NULL,
  text_ja TEXT NOT NULL,
  read_at_us BIGINT
);
CREATE INDEX work_notice_by_user ON work_notice (user_id, id);
CREATE INDEX work_notice_unread ON work_notice (user_id, id) WHERE read_at_us IS NULL;

CREATE TABLE work_digest_setting (
  user_id BIGINT PRIMARY KEY,
  cadence TEXT NOT NULL,
  hour BIGINT NOT NULL,
  changed_at_us BIGINT NOT NULL
);

CREATE TABLE work_digest_sent (
  user_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  claimed_at_us BIGINT NOT NULL,
  lease_until_at_us BIGINT NOT NULL,
  sent_at_us BIGINT,
  fault TEXT NOT NULL,
  PRIMARY KEY (user_id, day)
);
