-- A function that walks the five grants of an account, one round trip a charge. Variable: accounts.
\set account 10000 + random(1, :accounts)
\set key random(1, 4611686018427387904)
select charge(:account, :key::text, 1);
