CREATE TABLE journey_progress (
  account_id BIGINT PRIMARY KEY,
  journey TEXT NOT NULL,
  revision BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE journey_stay (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  journey TEXT NOT NULL,
  spell BIGINT NOT NULL,
  stage TEXT NOT NULL,
  basis TEXT NOT NULL,
  entered_day BIGINT NOT NULL,
  entered_at_us BIGINT NOT NULL,
  is_first BIGINT NOT NULL,
  left_day BIGINT,
  left_at_us BIGINT
);
CREATE UNIQUE INDEX journey_stay_by_spell ON journey_stay (account_id, spell);
CREATE INDEX journey_stay_by_journey ON journey_stay (journey, entered_day);

CREATE TABLE journey_milestone_event (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  journey TEXT NOT NULL,
  milestone TEXT NOT NULL,
  kind TEXT NOT NULL,
  on_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  user_id BIGINT,
  actor_name TEXT NOT NULL,
  contact_id BIGINT,
  words TEXT NOT NULL
);
CREATE INDEX journey_milestone_event_by_account ON journey_milestone_event (account_id, at_us);

CREATE TABLE journey_feeling (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  journey TEXT NOT NULL,
  stage TEXT NOT NULL,
  contact_id BIGINT,
  feeling BIGINT NOT NULL,
  words TEXT NOT NULL,
  said_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  user_id BIGINT,
  actor_name TEXT NOT NULL
);
CREATE INDEX journey_feeling_by_account ON journey_feeling (account_id, at_us);
CREATE INDEX journey_feeling_by_stage ON journey_feeling (journey, stage);

CREATE TABLE journey_review (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  journey TEXT NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  opened_day BIGINT NOT NULL,
  done_at_us BIGINT,
  done_by BIGINT,
  done_by_name TEXT,
  note TEXT NOT NULL
);
CREATE INDEX journey_review_open ON journey_review (done_at_us, opened_day);
CREATE INDEX journey_review_by_account ON journey_review (account_id);
