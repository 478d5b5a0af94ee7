CREATE TABLE playbook_run (
  id BIGINT PRIMARY KEY,
  playbook TEXT NOT NULL,
  version BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  call_id BIGINT,
  parent_run_id BIGINT,
  parent_visit BIGINT NOT NULL,
  level BIGINT NOT NULL,
  start_key TEXT NOT NULL,
  started_by TEXT NOT NULL,
  why_en TEXT NOT NULL,
  why_ja TEXT NOT NULL,
  arm TEXT NOT NULL,
  state TEXT NOT NULL,
  is_live BIGINT NOT NULL,
  waiting TEXT NOT NULL,
  step TEXT NOT NULL,
  visit BIGINT NOT NULL,
  started_at_us BIGINT NOT NULL,
  started_day BIGINT NOT NULL,
  due_at_us BIGINT,
  outcome TEXT NOT NULL,
  ended_at_us BIGINT,
  revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX playbook_run_by_start ON playbook_run (start_key);
CREATE UNIQUE INDEX playbook_run_alive ON playbook_run (playbook, account_id) WHERE is_live = 1;
CREATE INDEX playbook_run_by_due ON playbook_run (due_at_us) WHERE is_live = 1;
CREATE INDEX playbook_run_by_account ON playbook_run (account_id, started_day);
CREATE INDEX playbook_run_by_playbook ON playbook_run (playbook, started_at_us);
CREATE INDEX playbook_run_by_call ON playbook_run (call_id);
CREATE INDEX playbook_run_by_parent ON playbook_run (parent_run_id);
CREATE INDEX playbook_run_by_age ON playbook_run (started_at_us);

CREATE TABLE playbook_step (
  run_id BIGINT NOT NULL,
  visit BIGINT NOT NULL,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  result TEXT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL,
  reference BIGINT,
  entered_at_us BIGINT NOT NULL,
  left_at_us BIGINT,
  due_at_us BIGINT,
  PRIMARY KEY (run_id, visit)
);

CREATE TABLE playbook_trace (
  id BIGINT PRIMARY KEY,
  run_id BIGINT NOT NULL,
  visit BIGINT NOT NULL,
  step TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  code TEXT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL
);
CREATE INDEX playbook_trace_by_run ON playbook_trace (run_id, id);

CREATE TABLE playbook_effect (
  id BIGINT PRIMARY KEY,
  run_id BIGINT NOT NULL,
  visit BIGINT NOT NULL,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  due_at_us BIGINT NOT NULL,
  lease_holder TEXT NOT NULL,
  lease_until_at_us BIGINT NOT NULL,
  payload TEXT NOT NULL,
  error_en TEXT NOT NULL,
  error_ja TEXT NOT NULL,
  changed_at_us BIGINT NOT NULL
);
CREATE UNIQUE INDEX playbook_effect_by_visit ON playbook_effect (run_id, visit);
CREATE INDEX playbook_effect_by_due ON playbook_effect (lane, due_at_us) WHERE state = 'waiting';
CREATE INDEX playbook_effect_by_lease ON playbook_effect (lease_until_at_us) WHERE state = 'running';
CREATE INDEX playbook_effect_failed ON playbook_effect (changed_at_us) WHERE state = 'failed';

CREATE TABLE playbook_not_started (
  playbook TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL,
  PRIMARY KEY (playbook, account_id, code)
);

CREATE TABLE playbook_watch (
  playbook TEXT PRIMARY KEY,
  condition TEXT NOT NULL
);

CREATE TABLE playbook_watch_member (
  playbook TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (playbook, account_id)
);

CREATE TABLE playbook_occurrence (
  playbook TEXT NOT NULL,
  on_day BIGINT NOT NULL,
  is_done BIGINT NOT NULL,
  PRIMARY KEY (playbook, on_day)
);

CREATE TABLE playbook_secret (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at_us BIGINT NOT NULL,
  changed_by TEXT NOT NULL
);
