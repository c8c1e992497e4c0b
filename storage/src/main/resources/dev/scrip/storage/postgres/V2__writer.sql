-- Which server may append to a partition's journal, and how long ago it said so. Each time it passes
-- on, the epoch grows. All times are the database's.
CREATE TABLE writer (
    partition  int    NOT NULL PRIMARY KEY,
    epoch      bigint NOT NULL,
    holder     text,
    url        text,
    renewed_at timestamptz,
    CHECK ((holder IS NULL) = (renewed_at IS NULL))
);

INSERT INTO writer (partition, epoch) VALUES (0, 0);

-- What operators put in, as in operators.db of a data directory. Instants are microseconds since 1970.
CREATE TABLE price_book (
    version        text   NOT NULL PRIMARY KEY,
    effective_from bigint NOT NULL,
    document       text   NOT NULL
);

CREATE TABLE api_key (
    id          text   NOT NULL PRIMARY KEY,
    workspace   text   NOT NULL,
    role        text   NOT NULL,
    secret_hash text   NOT NULL,
    created_at  bigint NOT NULL
);
