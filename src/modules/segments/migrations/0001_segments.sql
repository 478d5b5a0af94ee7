CREATE TABLE segment_membership (
  id BIGINT PRIMARY KEY,
  segment TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  spell BIGINT NOT NULL,
  entered_day BIGINT NOT NULL,
  entered_at_us BIGINT NOT NULL,
  entered_cause TEXT NOT NULL,
  entered_why_en TEXT NOT NULL,
  entered_why_ja TEXT NOT NULL,
  left_day BIGINT,
  left_at_us BIGINT,
  left_cause TEXT,
  left_why_en TEXT,
  left_why_ja TEXT
);
CREATE UNIQUE INDEX segment_membership_by_spell ON segment_membership (segment, account_id, spell);
CREATE INDEX segment_membership_by_account ON segment_membership (account_id);
CREATE INDEX segment_membership_by_entry ON segment_membership (segment, entered_at_us);
CREATE INDEX segment_membership_by_exit ON segment_membership (segment, left_at_us);

CREATE TABLE segment_state (
  segment TEXT PRIMARY KEY,
  condition TEXT NOT NULL,
  evaluated_at_us BIGINT NOT NULL
);

CREATE TABLE segment_untold (
  id BIGINT PRIMARY KEY,
  segment TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  has_entered BIGINT NOT NULL,
  on_day BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  cause TEXT NOT NULL,
  why_en TEXT NOT NULL,
  why_ja TEXT NOT NULL
);
