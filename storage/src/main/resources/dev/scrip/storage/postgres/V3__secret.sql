-- What servers of this journal must all know to trust each other's signatures, as in operators.db.
CREATE TABLE secret (
    name  text NOT NULL PRIMARY KEY,
    value text NOT NULL
);
