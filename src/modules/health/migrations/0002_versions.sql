-- What scores and levels were shown, when they first were: only ever added to, because a history that is computed again
-- cannot tell. One row of an account where score or level differ from its row before.
CREATE TABLE shown_score (
  account_id BIGINT NOT NULL,
  shown_at_us BIGINT NOT NULL,
  book_day BIGINT NOT NULL,
  score_tenths BIGINT,
  level TEXT,
  level_basis TEXT NOT NULL,
  release_number BIGINT NOT NULL,
  PRIMARY KEY (account_id, shown_at_us)
);

-- Numbers that an administrator chose.
CREATE TABLE health_setting (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);

-- Drafts of scorecards that are scored beside the published ones, and those that were.
CREATE TABLE shadow_run (
  scorecard TEXT PRIMARY KEY,
  since_at_us BIGINT NOT NULL,
  started_at_us BIGINT NOT NULL,
  started_by TEXT NOT NULL,
  draft TEXT NOT NULL,
  restarts BIGINT NOT NULL,
  ended_at_us BIGINT,
  ended_because TEXT
);
