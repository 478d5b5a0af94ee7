CREATE TABLE signal_state (
  rule TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  is_in BIGINT NOT NULL,
  has_fired BIGINT NOT NULL,
  is_existing BIGINT NOT NULL,
  since_day BIGINT NOT NULL,
  last_fired_day BIGINT,
  stay BIGINT NOT NULL,
  known_at_us BIGINT NOT NULL,
  PRIMARY KEY (rule, account_id)
);
CREATE INDEX signal_state_by_account ON signal_state (account_id);

CREATE TABLE signal_rule_state (
  rule TEXT PRIMARY KEY,
  condition TEXT NOT NULL,
  evaluated_at_us BIGINT NOT NULL,
  replay_precision DOUBLE PRECISION
);

CREATE TABLE signal_firing (
  id BIGINT PRIMARY KEY,
  rule TEXT NOT NULL,
  rule_version BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  stay BIGINT NOT NULL,
  on_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  call_id BIGINT NOT NULL,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  explanation_en TEXT NOT NULL,
  explanation_ja TEXT NOT NULL,
  evidence TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  value_minor BIGINT NOT NULL,
  expected_value DOUBLE PRECISION NOT NULL,
  opened_day BIGINT,
  left_day BIGINT,
  is_closing BIGINT NOT NULL,
  is_told BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  closed_day BIGINT,
  verdict TEXT NOT NULL,
  verdict_why TEXT NOT NULL
);
CREATE UNIQUE INDEX signal_firing_by_stay ON signal_firing (rule, account_id, stay);
CREATE INDEX signal_firing_by_account ON signal_firing (account_id, at_us);
CREATE INDEX signal_firing_by_rule ON signal_firing (rule, at_us);
CREATE INDEX signal_firing_by_state ON signal_firing (state, at_us);
CREATE INDEX signal_firing_by_call ON signal_firing (call_id);
CREATE INDEX signal_firing_by_person ON signal_firing (person_id, opened_day);
CREATE INDEX signal_firing_closing ON signal_firing (is_closing, at_us);
CREATE INDEX signal_firing_untold ON signal_firing (is_told, at_us);

CREATE TABLE signal_setting (
  id BIGINT PRIMARY KEY,
  calls_per_person_week BIGINT
);
