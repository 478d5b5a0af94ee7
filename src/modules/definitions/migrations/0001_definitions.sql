CREATE TABLE definition (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  published_version BIGINT,
  draft_body TEXT,
  draft_why TEXT NOT NULL,
  draft_author_user_id BIGINT,
  draft_author_name TEXT NOT NULL,
  draft_at_us BIGINT,
  PRIMARY KEY (kind, key)
);

CREATE TABLE definition_version (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version BIGINT NOT NULL,
  release_number BIGINT NOT NULL,
  body TEXT,
  restored_version BIGINT,
  PRIMARY KEY (kind, key, version)
);
CREATE INDEX definition_version_by_release ON definition_version (release_number);

CREATE TABLE definition_release (
  number BIGINT PRIMARY KEY,
  author_user_id BIGINT,
  author_name TEXT NOT NULL,
  why_en TEXT NOT NULL,
  why_ja TEXT NOT NULL,
  published_at_us BIGINT NOT NULL
);

CREATE TABLE saved_view (
  id BIGINT PRIMARY KEY,
  owner_user_id BIGINT NOT NULL,
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  updated_at_us BIGINT NOT NULL
);
CREATE INDEX saved_view_by_owner ON saved_view (owner_user_id);
