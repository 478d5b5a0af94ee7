ALTER TABLE subscription ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN is_trial BIGINT NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN past_due_from_day BIGINT;
ALTER TABLE subscription ADD COLUMN cancelled_on_day BIGINT;
ALTER TABLE subscription ADD COLUMN transferred_from TEXT NOT NULL DEFAULT '';
