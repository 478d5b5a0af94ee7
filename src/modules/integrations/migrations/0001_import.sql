CREATE TABLE upload (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  owner_user_id BIGINT NOT NULL,
  created_at_us BIGINT NOT NULL
);
CREATE TABLE upload_part (
  upload_id BIGINT NOT NULL,
  part BIGINT NOT NULL,
  PRIMARY KEY (upload_id, part)
);
CREATE TABLE import (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_path TEXT NOT NULL,
  look_up_folders TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  profile TEXT NOT NULL,
  mapping TEXT NOT NULL,
  counts TEXT NOT NULL,
  checkpoint TEXT NOT NULL,
  job_id BIGINT NOT NULL,
  error_en TEXT NOT NULL,
  error_ja TEXT NOT NULL,
  created_by_user_id BIGINT NOT NULL,
  created_by_name TEXT NOT NULL,
  created_at_us BIGINT NOT NULL
);
CREATE INDEX import_by_time ON import (created_at_us);
