-- The only node that may do the job; null: any.
ALTER TABLE job ADD COLUMN node_number BIGINT;
