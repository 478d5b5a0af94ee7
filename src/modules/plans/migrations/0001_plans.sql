CREATE TABLE plan (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  template_key TEXT NOT NULL,
  template_version BIGINT NOT NULL,
  template_day BIGINT NOT NULL,
  offered_version BIGINT NOT NULL,
  stage_seen TEXT NOT NULL,
  created_at_us BIGINT NOT NULL,
  touched_at_us BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX plan_by_account ON plan (account_id, created_at_us);
CREATE INDEX plan_by_touch ON plan (touched_at_us);

CREATE TABLE plan_living (
  account_id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL
);

CREATE TABLE plan_version (
  plan_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  user_id BIGINT,
  contact_id BIGINT,
  actor_name TEXT NOT NULL,
  cause TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (plan_id, version)
);

CREATE TABLE plan_event (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  happening TEXT NOT NULL,
  item TEXT NOT NULL,
  words_en TEXT NOT NULL,
  words_ja TEXT NOT NULL,
  user_id BIGINT,
  contact_id BIGINT,
  actor_name TEXT NOT NULL,
  asked TEXT NOT NULL,
  version BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  untold_since_us BIGINT
);
CREATE INDEX plan_event_by_plan ON plan_event (plan_id, at_us);
CREATE INDEX plan_event_untold ON plan_event (untold_since_us);

CREATE TABLE plan_reading (
  plan_id BIGINT NOT NULL,
  goal TEXT NOT NULL,
  on_day BIGINT NOT NULL,
  source TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  author TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  PRIMARY KEY (plan_id, goal, on_day, source)
);

CREATE TABLE plan_confirmation (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  goal TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  words TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  how TEXT NOT NULL,
  noted_by TEXT
);
CREATE INDEX plan_confirmation_by_plan ON plan_confirmation (plan_id, at_us);

CREATE TABLE plan_comment (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  item TEXT NOT NULL,
  author TEXT NOT NULL,
  user_id BIGINT,
  contact_id BIGINT,
  is_internal BIGINT NOT NULL,
  words TEXT NOT NULL,
  at_us BIGINT NOT NULL
);
CREATE INDEX plan_comment_by_plan ON plan_comment (plan_id, at_us);

CREATE TABLE plan_review (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  why_en TEXT NOT NULL,
  why_ja TEXT NOT NULL,
  opened_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  called_at_us BIGINT,
  done_at_us BIGINT,
  done_by TEXT,
  note TEXT NOT NULL
);
CREATE INDEX plan_review_by_plan ON plan_review (plan_id, at_us);
CREATE INDEX plan_review_uncalled ON plan_review (called_at_us);

CREATE TABLE plan_achievement (
  plan_id BIGINT NOT NULL,
  goal TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  achieved_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  win_at_us BIGINT,
  story TEXT NOT NULL,
  evidence TEXT NOT NULL,
  is_shared BIGINT NOT NULL,
  written_by TEXT,
  written_at_us BIGINT,
  PRIMARY KEY (plan_id, goal)
);
CREATE INDEX plan_achievement_by_account ON plan_achievement (account_id);
CREATE INDEX plan_achievement_without_win ON plan_achievement (win_at_us);
