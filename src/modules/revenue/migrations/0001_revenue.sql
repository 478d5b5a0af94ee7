CREATE TABLE product (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  name TEXT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE UNIQUE INDEX product_by_match_key ON product (match_key);
CREATE TABLE subscription (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  product TEXT NOT NULL,
  plan TEXT NOT NULL,
  seats BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  billing_period_months BIGINT NOT NULL,
  start_day BIGINT NOT NULL,
  end_day BIGINT,
  auto_renewal BIGINT NOT NULL,
  notice_days BIGINT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE INDEX subscription_by_match_key ON subscription (match_key);
CREATE INDEX subscription_by_account ON subscription (account_id);
-- Units of the reporting currency for one unit; month_day is the first of the month, or the smallest day there is for
-- the rate of all other months.
CREATE TABLE currency_rate (
  currency TEXT NOT NULL,
  month_day BIGINT NOT NULL,
  rate TEXT NOT NULL,
  PRIMARY KEY (currency, month_day)
);
