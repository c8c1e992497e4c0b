-- The usual design: a transaction a charge. Variable: accounts, over how many.
\set account random(1, :accounts)
\set key random(1, 4611686018427387904)
begin;
insert into charges (account, key, credits) values (:account, :key::text, 1)
on conflict do nothing;
update grants set remaining = remaining - 1 where account = :account and remaining >= 1;
insert into entries (account, key, credits) values (:account, :key::text, 1);
commit;
