CREATE TABLE signal_standing_changes (
  rule TEXT PRIMARY KEY,
  changes BIGINT NOT NULL
);
DROP INDEX signal_state_by_account;
