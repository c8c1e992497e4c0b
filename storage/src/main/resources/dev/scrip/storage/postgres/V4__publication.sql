-- How a price book came to be published. Those of before have none; published_by is the id of an API
-- key, and null when a start of a server published its pricing file.
ALTER TABLE price_book
    ADD COLUMN published_at    bigint,
    ADD COLUMN published_by    text,
    ADD COLUMN reason          text,
    ADD COLUMN override_reason text;
