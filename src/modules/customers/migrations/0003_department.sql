-- In which department of the customer a person works, beside the title; empty where nobody said.
ALTER TABLE contact_role ADD COLUMN department TEXT NOT NULL DEFAULT '';
