-- One row a batch. Its seq is that of its last fact. Its chain is SHA-256 over the chain of the row
-- before it (32 zero bytes at first), first_seq, seq (8 bytes each, big-endian) and batch.
--
-- Two writers that see the same head write batches that start with the same fact and may end with
-- different ones. So the primary key alone would let both in, and first_seq is what keeps one out.
CREATE TABLE journal (
    partition int    NOT NULL,
    seq       bigint NOT NULL,
    first_seq bigint NOT NULL,
    batch     bytea  NOT NULL,
    chain     bytea  NOT NULL,
    PRIMARY KEY (partition, seq),
    UNIQUE (partition, first_seq),
    CHECK (first_seq BETWEEN 1 AND seq),
    CHECK (octet_length(chain) = 32)
);

-- Tells this journal from any other, for what is kept elsewhere and derived from it.
CREATE TABLE journal_id (
    id       uuid    NOT NULL,
    only_row boolean NOT NULL DEFAULT true UNIQUE CHECK (only_row)
);

INSERT INTO journal_id (id) VALUES (gen_random_uuid());
