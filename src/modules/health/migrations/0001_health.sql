-- Levels that people set by hand: the present one of each account; its versions are in the version log.
CREATE TABLE level_override (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL UNIQUE,
  level TEXT NOT NULL,
  reason TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  until_day BIGINT,
  author_user_id BIGINT NOT NULL,
  author_name TEXT NOT NULL,
  known_at_us BIGINT NOT NULL
);
