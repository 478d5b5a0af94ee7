CREATE TABLE node (
  node_number BIGINT PRIMARY KEY,
  home TEXT NOT NULL,
  seen_at_us BIGINT NOT NULL
);
