-- What models cost, each price from a day on. A row without an organization is the platform's price, what
-- credit is charged by; an organization's own row prices requests over its own provider connection.

create table nemo.model_prices (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid references nemo.organizations (id) on delete cascade,
  model text not null check (length(model) between 1 and 200),
  input_nanousd_per_mtok bigint not null check (input_nanousd_per_mtok >= 0),
  cached_input_nanousd_per_mtok bigint not null check (cached_input_nanousd_per_mtok >= 0),
  output_nanousd_per_mtok bigint not null check (output_nanousd_per_mtok >= 0),
  valid_from date not null default (now() at time zone 'UTC')::date check (isfinite(valid_from)),
  source text not null default '' check (length(source) <= 500),
  created_at timestamptz not null default now(),
  unique nulls not distinct (organization_id, model, valid_from)
);
comment on table nemo.model_prices is 'Prices of models in nano-dollars per million tokens, with the day each holds from and where it was read.';
comment on column nemo.model_prices.id is 'The price.';
comment on column nemo.model_prices.organization_id is 'Whose price; null is the platform''s.';
comment on column nemo.model_prices.model is 'The model''s name as requests say it. A dated snapshot (-2026-01-31) without a price of its own has its model''s.';
comment on column nemo.model_prices.input_nanousd_per_mtok is 'Billionths of a US dollar for a million tokens of prompt: $0.15 is 150 000 000.';
comment on column nemo.model_prices.cached_input_nanousd_per_mtok is 'The same for tokens of prompt the provider had cached.';
comment on column nemo.model_prices.output_nanousd_per_mtok is 'The same for generated tokens.';
comment on column nemo.model_prices.valid_from is 'The first day (UTC) it holds.';
comment on column nemo.model_prices.source is 'Where it was read.';
comment on column nemo.model_prices.created_at is 'When it was entered.';
alter table nemo.model_prices enable row level security, force row level security;
create index model_prices_model_idx on nemo.model_prices (model, valid_from desc);
create policy "members read the platform's and their own prices" on nemo.model_prices
  for select to authenticated
  using (organization_id is null or organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.model_prices to authenticated, service_role;

-- Columns: model, then dollars per million tokens of input, cached input and output.
insert into nemo.model_prices
  (model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from, source)
select p.model, (p.input * 1e9)::bigint, (p.cached * 1e9)::bigint, (p.output * 1e9)::bigint, date '2026-06-01',
       'Public list prices as collected in June 2026; check them against the provider''s page'
from (values
  ('gpt-5.1', 1.25, 0.125, 10.00), ('gpt-5', 1.25, 0.125, 10.00),
  ('gpt-5-mini', 0.25, 0.025, 2.00), ('gpt-5-nano', 0.05, 0.005, 0.40),
  ('gpt-4.1', 2.00, 0.50, 8.00), ('gpt-4.1-mini', 0.40, 0.10, 1.60), ('gpt-4.1-nano', 0.10, 0.025, 0.40),
  ('gpt-4o', 2.50, 1.25, 10.00), ('gpt-4o-mini', 0.15, 0.075, 0.60),
  ('o3', 2.00, 0.50, 8.00), ('o3-mini', 1.10, 0.55, 4.40), ('o4-mini', 1.10, 0.275, 4.40),
  ('gpt-3.5-turbo', 0.50, 0.50, 1.50),
  ('text-embedding-3-small', 0.02, 0.02, 0.00), ('text-embedding-3-large', 0.13, 0.13, 0.00)
) as p (model, input, cached, output);

-- The fake provider's models have prices too, so that a first try without any key shows what costs look like.
insert into nemo.model_prices
  (model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok, valid_from, source)
values
  ('fake-gpt', 150000000, 75000000, 600000000, date '2026-06-01', 'Example price of the fake provider'),
  ('fake-gpt-mini', 50000000, 25000000, 200000000, date '2026-06-01', 'Example price of the fake provider'),
  ('fake-embedding', 20000000, 20000000, 0, date '2026-06-01', 'Example price of the fake provider');

-- Looking a price up and using it are two functions, because a batch of requests for one model looks it up once.
create function nemo_private.price_of(organization_id uuid, model text)
returns nemo.model_prices
language plpgsql
stable
set search_path = ''
as $$
declare
  price nemo.model_prices;
  today constant date := (now() at time zone 'UTC')::date;
begin
  -- What every look-up asks, and nearly always finds; the rest of the rule is for what is left.
  if price_of.organization_id is null then
    select p.* into price from nemo.model_prices p
    where p.model = price_of.model and p.organization_id is null and p.valid_from <= today
    order by p.valid_from desc limit 1;
    if found then
      return price;
    end if;
  end if;
  select p.* into price from nemo.model_prices p
  where p.model in (price_of.model, regexp_replace(price_of.model, '-20\d\d-\d\d-\d\d$', ''))
    and p.valid_from <= today
    and (p.organization_id is null or p.organization_id = price_of.organization_id)
  -- The organization's own price first, then the name as it was asked for, then the newest.
  order by p.organization_id is null, p.model <> price_of.model, p.valid_from desc
  limit 1;
  return price;
end
$$;
comment on function nemo_private.price_of(uuid, text) is
  'A model''s price today: the organization''s own or (null organization) the platform''s; null when it is not known.';

create function nemo_private.cost_at(
  price nemo.model_prices, prompt_tokens integer, cached_tokens integer, completion_tokens integer)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  if price.id is null or cost_at.prompt_tokens is null then
    return null;
  end if;
  -- Rounded half up to a whole nano-dollar; numeric, so that no product overflows. Cached tokens are part of the
  -- prompt, so there are never more of them.
  return round((
    greatest(cost_at.prompt_tokens - coalesce(cost_at.cached_tokens, 0), 0)::numeric * price.input_nanousd_per_mtok
    + least(coalesce(cost_at.cached_tokens, 0), cost_at.prompt_tokens)::numeric * price.cached_input_nanousd_per_mtok
    + coalesce(cost_at.completion_tokens, 0)::numeric * price.output_nanousd_per_mtok) / 1000000);
end
$$;
comment on function nemo_private.cost_at(nemo.model_prices, integer, integer, integer) is
  'What a request costs in nano-dollars at a price; null when price or tokens are unknown.';

create function nemo_private.cost_of(
  organization_id uuid, model text, prompt_tokens integer, cached_tokens integer, completion_tokens integer)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return nemo_private.cost_at(nemo_private.price_of(cost_of.organization_id, cost_of.model),
    cost_of.prompt_tokens, cost_of.cached_tokens, cost_of.completion_tokens);
end
$$;
comment on function nemo_private.cost_of(uuid, text, integer, integer, integer) is
  'What a request costs in nano-dollars, by the organization''s own price or (null organization) the platform''s; null when the model has no known price.';

create function nemo.set_model_price(
  organization_id uuid, model text, input_nanousd_per_mtok bigint, cached_input_nanousd_per_mtok bigint,
  output_nanousd_per_mtok bigint, valid_from date default null, source text default '')
returns nemo.model_prices
language plpgsql
security definer
set search_path = ''
as $$
declare
  price nemo.model_prices;
  highest constant bigint := 1000000000000000;
begin
  if num_nulls(set_model_price.input_nanousd_per_mtok, set_model_price.cached_input_nanousd_per_mtok,
      set_model_price.output_nanousd_per_mtok) > 0 then
    perform nemo_private.fail('NM010', 'A price is missing.', 'Give all three prices; 0 is a price.');
  elsif not isfinite(set_model_price.valid_from) then
    perform nemo_private.fail('NM015', 'The price would be valid for ever.', 'Give the day from which it holds.');
  end if;
  if set_model_price.organization_id is not null then
    perform nemo_private.require_role(set_model_price.organization_id, 'admin');
    perform nemo_private.hold_organization(set_model_price.organization_id);
  elsif not nemo_private.is_system() then
    perform nemo_private.fail('NM002', 'Only the operator may set the platform''s prices.', 'Name your organization to set a price of its own.');
  end if;
  insert into nemo.model_prices as p (organization_id, model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok,
    output_nanousd_per_mtok, valid_from, source)
  values (set_model_price.organization_id,
    nemo_private.check_text(set_model_price.model, 'model', 200, required => true),
    nemo_private.check_range(set_model_price.input_nanousd_per_mtok, 'input price', 0, highest),
    nemo_private.check_range(set_model_price.cached_input_nanousd_per_mtok, 'cached input price', 0, highest),
    nemo_private.check_range(set_model_price.output_nanousd_per_mtok, 'output price', 0, highest),
    coalesce(set_model_price.valid_from, (now() at time zone 'UTC')::date), nemo_private.check_text(set_model_price.source, 'source', 500))
  on conflict on constraint model_prices_organization_id_model_valid_from_key do update set
    input_nanousd_per_mtok = excluded.input_nanousd_per_mtok,
    cached_input_nanousd_per_mtok = excluded.cached_input_nanousd_per_mtok,
    output_nanousd_per_mtok = excluded.output_nanousd_per_mtok, source = excluded.source
  returning p.* into price;
  if set_model_price.organization_id is not null then
    perform nemo_private.append_audit(set_model_price.organization_id, 'price.changed', 'model_price', price.model,
      after => to_jsonb(price));
  end if;
  return price;
end
$$;
comment on function nemo.set_model_price(uuid, text, bigint, bigint, bigint, date, text) is
  'Sets an organization''s own price (admins) or, without an organization, the platform''s (operator), from a day on, by default today (UTC). Nano-dollars per million tokens. NM002, NM003, NM010, NM015.';

revoke execute on all functions in schema nemo_private from public;
revoke execute on function nemo.set_model_price(uuid, text, bigint, bigint, bigint, date, text) from public;
grant execute on function nemo.set_model_price(uuid, text, bigint, bigint, bigint, date, text) to authenticated, service_role;
