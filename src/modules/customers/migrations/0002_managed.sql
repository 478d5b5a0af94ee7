-- Attributes that a module of the product keeps (managed_by), and their values: one row an account and module, apart from
-- what people write, so that neither undoing an import nor a change by hand meets them.
ALTER TABLE attribute_definition ADD COLUMN managed_by TEXT NOT NULL DEFAULT '';
CREATE TABLE managed_values (
  id BIGINT PRIMARY KEY,
  known_at_us BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  attributes TEXT NOT NULL
);
CREATE UNIQUE INDEX managed_values_by_account ON managed_values (account_id, module);
