CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  progress DOUBLE PRECISION NOT NULL,
  message_en TEXT NOT NULL,
  message_ja TEXT NOT NULL,
  result TEXT NOT NULL,
  owner_user_id BIGINT NOT NULL,
  created_at_us BIGINT NOT NULL,
  started_at_us BIGINT,
  finished_at_us BIGINT,
  cancel_asked BIGINT NOT NULL,
  lease_until_us BIGINT NOT NULL,
  lease_holder TEXT NOT NULL
);
CREATE INDEX job_by_state ON job (state, created_at_us);
