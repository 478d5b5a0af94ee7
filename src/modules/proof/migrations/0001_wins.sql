CREATE TABLE win (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  unique_key TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  win_day BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title_en TEXT NOT NULL,
  title_ja TEXT NOT NULL,
  story TEXT NOT NULL,
  value_minor BIGINT,
  people TEXT NOT NULL,
  evidence TEXT NOT NULL,
  is_automatic BIGINT NOT NULL,
  recorded_by BIGINT NOT NULL,
  recorded_at_us BIGINT NOT NULL,
  is_removed BIGINT NOT NULL
);
CREATE UNIQUE INDEX win_by_key ON win (unique_key);
CREATE INDEX win_by_day ON win (is_removed, win_day, id);
CREATE INDEX win_by_account ON win (account_id, win_day);
CREATE INDEX win_by_recorded ON win (recorded_at_us);

CREATE TABLE win_person (
  win_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (win_id, user_id)
);
CREATE INDEX win_person_by_user ON win_person (user_id, win_id);

CREATE TABLE win_thanks (
  win_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  said_at_us BIGINT NOT NULL,
  PRIMARY KEY (win_id, user_id)
);

CREATE TABLE win_rules (
  id BIGINT PRIMARY KEY,
  body TEXT NOT NULL,
  changed_by BIGINT NOT NULL,
  changed_at_us BIGINT NOT NULL
);
