-- One row a batch. Its seq is that of its last fact.
--
-- Two writers that see the same head write batches that start with the same fact and may end with
-- different ones. So the primary key alone would let both in, and first_seq is what keeps one out.
CREATE TABLE journal (
    partition int    NOT NULL,
    seq       bigint NOT NULL,
    first_seq bigint NOT NULL,
    batch     bytea  NOT NULL,
    PRIMARY KEY (partition, seq),
    UNIQUE (partition, first_seq),
    CHECK (first_seq BETWEEN 1 AND seq)
);

-- Tells this journal from any other, for what is kept elsewhere and derived from it.
CREATE TABLE journal_id (
    id       uuid    NOT NULL,
    only_row boolean NOT NULL DEFAULT true UNIQUE CHECK (only_row)
);

INSERT INTO journal_id (id) VALUES (gen_random_uuid());
