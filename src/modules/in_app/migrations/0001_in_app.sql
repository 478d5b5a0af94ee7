CREATE TABLE in_app_key (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  created_at_us BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  last_used_day BIGINT,
  removed_at_us BIGINT
);
CREATE UNIQUE INDEX in_app_key_by_hash ON in_app_key (secret_hash);

CREATE TABLE in_app_signing_key (
  id BIGINT PRIMARY KEY,
  secret TEXT NOT NULL
);

CREATE TABLE in_app_receipt (
  message TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  seen_at_us BIGINT,
  clicked_at_us BIGINT,
  dismissed_at_us BIGINT,
  done_at_us BIGINT,
  PRIMARY KEY (message, account_id, user_id)
);
CREATE INDEX in_app_receipt_by_user ON in_app_receipt (account_id, user_id);

CREATE TABLE in_app_item (
  message TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  item TEXT NOT NULL,
  done_at_us BIGINT NOT NULL,
  PRIMARY KEY (message, account_id, user_id, item)
);
