-- When the progress was last written, so that other nodes find what is new.
ALTER TABLE journey_progress ADD COLUMN touched_at_us BIGINT NOT NULL DEFAULT 0;
CREATE INDEX journey_progress_by_touch ON journey_progress (touched_at_us);
