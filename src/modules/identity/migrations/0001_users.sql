CREATE TABLE app_user (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  theme TEXT NOT NULL,
  timezone TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  created_at_us BIGINT NOT NULL,
  last_seen_at_us BIGINT
);

CREATE TABLE app_session (
  token_hash TEXT PRIMARY KEY,
  user_id BIGINT NOT NULL,
  created_at_us BIGINT NOT NULL,
  expires_at_us BIGINT NOT NULL
);
CREATE INDEX app_session_by_user ON app_session (user_id);

CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  window_ends_at_us BIGINT NOT NULL
);

CREATE TABLE workspace (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  reporting_currency TEXT NOT NULL,
  fiscal_year_start_month BIGINT NOT NULL,
  timezone TEXT NOT NULL,
  fixed_book_day BIGINT
);
