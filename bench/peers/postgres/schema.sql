-- What a usual credit system keeps in PostgreSQL. No foreign keys and room on the pages of grants for
-- updates in place: both favour PostgreSQL.
create table accounts (
  account bigint primary key,
  status text not null default 'open'
);

create table grants (
  grant_id bigint generated always as identity primary key,
  account bigint not null,
  priority int not null default 50,
  expires_at timestamptz,
  remaining bigint not null check (remaining >= 0)
) with (fillfactor = 50);

create index grants_of_account on grants (account);

create table charges (
  account bigint not null,
  key text not null,
  credits bigint not null,
  charged_at timestamptz not null default now(),
  primary key (account, key)
);

create table draws (
  account bigint not null,
  key text not null,
  grant_id bigint not null,
  credits bigint not null
);

create table entries (
  entry bigint generated always as identity primary key,
  account bigint not null,
  key text not null,
  credits bigint not null,
  balance bigint,
  entered_at timestamptz not null default now()
);

-- Walks the grants of an account in burn order; a retry is answered with the balance it had.
create function charge(charged bigint, request text, price bigint) returns bigint
language plpgsql as $$
declare
  held record;
  drawn bigint;
  due bigint := price;
  balance_left bigint := 0;
begin
  insert into charges (account, key, credits) values (charged, request, price)
  on conflict do nothing;
  if not found then
    select balance into balance_left from entries where account = charged and key = request;
    return balance_left;
  end if;
  for held in
    select grant_id, remaining from grants
    where account = charged and remaining > 0 and (expires_at is null or expires_at > now())
    order by priority, expires_at, grant_id
    for update
  loop
    drawn := least(due, held.remaining);
    if drawn > 0 then
      update grants set remaining = remaining - drawn where grant_id = held.grant_id;
      insert into draws (account, key, grant_id, credits)
      values (charged, request, held.grant_id, drawn);
    end if;
    due := due - drawn;
    balance_left := balance_left + held.remaining - drawn;
  end loop;
  if due > 0 then
    raise exception 'account % is short of % credits', charged, due;
  end if;
  insert into entries (account, key, credits, balance)
  values (charged, request, price, balance_left);
  return balance_left;
end
$$;

-- Accounts 1 to 10,000 have one grant, 10,001 to 11,000 have five.
insert into accounts (account) select generate_series(1, 11000);
insert into grants (account, remaining) select generate_series(1, 10000), 1000000000;
insert into grants (account, expires_at, remaining)
select account, now() + n * interval '30 days', 1000000000
from generate_series(10001, 11000) account, generate_series(1, 5) n;
vacuum analyze;
