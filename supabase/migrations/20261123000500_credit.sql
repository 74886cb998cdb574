-- What an organization may spend and what it has spent with the platform's own provider key. The ledger is the
-- truth and is only ever added to; the balance is a sum kept beside it, so that asking costs one row.
-- Amounts are integers of nano-dollars (billionths of a US dollar): sums are exact, and $9 billion fit.

create function nemo_private.money(amount numeric)
returns bigint
-- Asked for every batch of requests, hence PL/pgSQL, which keeps its plan.
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  return least(greatest(money.amount, -9000000000000000000), 9000000000000000000)::bigint;
end
$$;
comment on function nemo_private.money(numeric) is
  'A sum of nano-dollars as it is stored. $9 billion, which an absurd price of an own provider can reach, stay $9 billion: one organization''s overflow must not keep the gateway from recording everybody''s requests.';

create table nemo.credit_ledger (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  kind text not null check (kind in ('sign_up', 'grant', 'charge')),
  amount_nanousd bigint,
  request_id uuid unique,
  api_key_id uuid,
  model text,
  note text not null default '' check (length(note) <= 500),
  created_at timestamptz not null default now(),
  check ((kind = 'charge') = (request_id is not null)),
  -- A charge is null while the model's price is unknown: shown as unknown, never as 0.
  check (case when kind = 'charge' then amount_nanousd is null or amount_nanousd <= 0
              else amount_nanousd is not null and amount_nanousd > 0 end)
);
comment on table nemo.credit_ledger is 'Credit given and spent, one row each, append-only. No foreign key to organizations: it would lock the organization''s row for every request; a trigger deletes with the organization instead.';
comment on column nemo.credit_ledger.id is 'The entry.';
comment on column nemo.credit_ledger.organization_id is 'The organization it belongs to.';
comment on column nemo.credit_ledger.kind is 'sign_up, grant (added by the operator) or charge (a request).';
comment on column nemo.credit_ledger.amount_nanousd is 'Billionths of a US dollar: above 0 given, below 0 spent, null for a charge whose model has no known price.';
comment on column nemo.credit_ledger.request_id is 'The request a charge is for. Unique: a request is charged once, however often it is recorded.';
comment on column nemo.credit_ledger.api_key_id is 'The key that made the request.';
comment on column nemo.credit_ledger.model is 'The model that was charged for.';
comment on column nemo.credit_ledger.note is 'Why credit was given.';
comment on column nemo.credit_ledger.created_at is 'When it was entered.';

alter table nemo.credit_ledger enable row level security, force row level security;
create index credit_ledger_time_idx on nemo.credit_ledger (organization_id, created_at desc);
create policy "members read their organization's ledger" on nemo.credit_ledger
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.credit_ledger to authenticated, service_role;
create trigger credit_ledger_append_only
  before update or delete on nemo.credit_ledger
  for each row execute function nemo_private.refuse_change('none');

create table nemo_private.credit_balances (
  organization_id uuid primary key,
  balance_nanousd bigint not null
);
comment on table nemo_private.credit_balances is 'The sum of each organization''s ledger, kept by the ledger''s own trigger.';
comment on column nemo_private.credit_balances.organization_id is 'The organization.';
comment on column nemo_private.credit_balances.balance_nanousd is 'The sum; below 0 by what was in flight when the credit ran out.';
alter table nemo_private.credit_balances enable row level security, force row level security;

create function nemo_private.keep_balance()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Once per statement, so a batch of charges moves each balance once; ordered, so that two cannot deadlock.
  insert into nemo_private.credit_balances as b (organization_id, balance_nanousd)
  select e.organization_id, nemo_private.money(coalesce(sum(e.amount_nanousd), 0)) from entered e
  group by e.organization_id order by e.organization_id
  on conflict (organization_id) do update set
    balance_nanousd = nemo_private.money(b.balance_nanousd::numeric + excluded.balance_nanousd);
  return null;
end
$$;
comment on function nemo_private.keep_balance() is 'Adds new ledger entries to the balances.';
create trigger credit_ledger_keep_balance
  after insert on nemo.credit_ledger referencing new table as entered
  for each statement execute function nemo_private.keep_balance();

create function nemo_private.give_sign_up_credit()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, note)
  values (new.id, 'sign_up', 5000000000, 'Sign-up credit');
  return null;
end
$$;
comment on function nemo_private.give_sign_up_credit() is 'Gives every new organization $5.00.';
create trigger organizations_sign_up_credit
  after insert on nemo.organizations
  for each row execute function nemo_private.give_sign_up_credit();

create function nemo.credit_balance(organization_id uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(credit_balance.organization_id, 'viewer');
  return coalesce((select b.balance_nanousd from nemo_private.credit_balances b
                   where b.organization_id = credit_balance.organization_id), 0);
end
$$;
comment on function nemo.credit_balance(uuid) is 'What is left, in billionths of a US dollar. Members only: NM003 for anyone else.';

create function nemo.grant_credit(organization_id uuid, amount_nanousd bigint, note text default '')
returns nemo.credit_ledger
language plpgsql
security definer
set search_path = ''
as $$
declare
  entry nemo.credit_ledger;
begin
  if not nemo_private.is_system() then
    perform nemo_private.fail('NM002', 'Only the operator may give credit.', 'Ask whoever runs this installation.');
  end if;
  perform nemo_private.require_role(grant_credit.organization_id, 'owner');
  perform nemo_private.check_range(coalesce(grant_credit.amount_nanousd, 0), 'amount', 1, 1000000000000000);
  insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, note)
  values (grant_credit.organization_id, 'grant', grant_credit.amount_nanousd,
          nemo_private.check_text(grant_credit.note, 'note', 500))
  returning * into entry;
  perform nemo_private.append_audit(grant_credit.organization_id, 'credit.granted', 'credit', entry.id::text,
    after => jsonb_build_object('amount_nanousd', entry.amount_nanousd, 'note', entry.note));
  perform nemo_private.broadcast(grant_credit.organization_id, 'credit.changed');
  return entry;
end
$$;
comment on function nemo.grant_credit(uuid, bigint, text) is 'Adds credit. The operator only (service role): NM002 for anyone else; NM015 for an amount that is not above 0.';

revoke execute on all functions in schema nemo_private from public;
revoke execute on function nemo.credit_balance(uuid), nemo.grant_credit(uuid, bigint, text) from public;
grant execute on function nemo.credit_balance(uuid) to authenticated, service_role;
grant execute on function nemo.grant_credit(uuid, bigint, text) to service_role;
