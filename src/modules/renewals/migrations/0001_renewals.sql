CREATE TABLE renewal (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  due_day BIGINT NOT NULL,
  subscriptions TEXT NOT NULL,
  category TEXT NOT NULL,
  forecast_minor BIGINT,
  target_minor BIGINT,
  final_minor BIGINT,
  owner_id BIGINT NOT NULL,
  next_step TEXT NOT NULL,
  next_step_day BIGINT,
  notes TEXT NOT NULL,
  rise_hundredths_percent BIGINT,
  rise_minor BIGINT,
  rise_announced_day BIGINT,
  outcome TEXT NOT NULL,
  outcome_day BIGINT,
  reasons TEXT NOT NULL,
  reason_note TEXT NOT NULL
);
CREATE UNIQUE INDEX renewal_by_account ON renewal (account_id, due_day);

CREATE TABLE expansion_opportunity (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  status TEXT NOT NULL,
  until_day BIGINT,
  reason TEXT NOT NULL,
  amount_minor BIGINT,
  due_day BIGINT
);
CREATE UNIQUE INDEX expansion_opportunity_by_account ON expansion_opportunity (account_id, kind, subject);

CREATE TABLE renewal_calendar (
  id BIGINT PRIMARY KEY,
  holidays TEXT NOT NULL,
  days_off TEXT NOT NULL,
  changed_at_us BIGINT NOT NULL
);
