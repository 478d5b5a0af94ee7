ALTER TABLE usage_source ADD COLUMN most_events_per_second BIGINT;
