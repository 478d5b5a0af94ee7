ALTER TABLE mail ADD COLUMN not_after_at_us BIGINT;
