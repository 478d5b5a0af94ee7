-- A month that was reported. What it was reported from is read again from the version log by closed_at_us; rates have no
-- history of their own, so they are kept here. figures: what the shipped rules made of it then, to see at once whether
-- it changed since.
CREATE TABLE closed_month (
  month_day BIGINT PRIMARY KEY,
  closed_at_us BIGINT NOT NULL,
  closed_by BIGINT NOT NULL,
  closed_by_name TEXT NOT NULL,
  rates TEXT NOT NULL,
  figures TEXT NOT NULL
);
CREATE TABLE revenue_goal (
  quarter_day BIGINT PRIMARY KEY,
  arr_minor BIGINT,
  nrr DOUBLE PRECISION,
  grr DOUBLE PRECISION,
  new_minor BIGINT,
  churn_minor BIGINT
);
CREATE TABLE accepted_fault (
  fault TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  accepted_by BIGINT NOT NULL,
  accepted_by_name TEXT NOT NULL,
  accepted_at_us BIGINT NOT NULL
);
