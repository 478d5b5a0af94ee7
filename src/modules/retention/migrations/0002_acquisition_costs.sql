-- What was spent on winning customers, by month and channel. Rows are only added: the newest of a month and channel holds,
-- one without an amount takes it away. A month's first amount counts as known since the month was over.
CREATE TABLE acquisition_cost (
  id BIGINT PRIMARY KEY,
  month_day BIGINT NOT NULL,
  channel TEXT NOT NULL,
  amount_minor BIGINT,
  currency TEXT NOT NULL,
  known_at_us BIGINT NOT NULL,
  entered_by BIGINT NOT NULL,
  entered_by_name TEXT NOT NULL
);
CREATE INDEX acquisition_cost_by_month ON acquisition_cost (month_day, channel);

CREATE TABLE unit_economics_setting (
  id BIGINT PRIMARY KEY,
  gross_margin DOUBLE PRECISION,
  yearly_discount_rate DOUBLE PRECISION NOT NULL,
  horizon_months BIGINT NOT NULL,
  channel_attribute TEXT
);
