-- What the gateway asks before it serves, second half: may these requests go on, within the key's limits and the
-- organization's credit. One call answers many requests at once.

create type nemo_private.admission as (
  selector integer, request_id uuid, prompt_tokens integer, output_tokens integer
);
comment on type nemo_private.admission is 'One request of a selector, with what it may use: estimated tokens of prompt and answer.';

-- How many of a key's next requests its limits let through. The key is locked for the rest of the transaction
-- (a statement or two), so that gateways in many processes count as one.
create function nemo_private.admit_by_key(
  key_id uuid, wanted integer, per_minute integer, concurrency integer, budget bigint,
  out admitted integer, out refusal text, out remaining integer, out reset_seconds integer)
language plpgsql
set search_path = ''
as $$
declare
  this_second timestamptz;
  used integer;
  allowed integer;
begin
  admitted := admit_by_key.wanted;
  if per_minute is null and concurrency is null and budget is null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(admit_by_key.key_id::text, 1));
  if budget is not null and budget <=
      coalesce((select s.spent_nanousd from nemo_private.key_spending s
                where s.api_key_id = admit_by_key.key_id and s.month = date_trunc('month', now() at time zone 'UTC')::date), 0)
      + coalesce((select sum(f.reserved_nanousd) from nemo_private.in_flight f where f.api_key_id = admit_by_key.key_id), 0) then
    admitted := 0;
    refusal := 'budget_exceeded';
    return;
  end if;
  if concurrency is not null then
    allowed := greatest(concurrency - (select count(*) from nemo_private.in_flight f where f.api_key_id = admit_by_key.key_id), 0);
    if allowed < admitted then
      admitted := allowed;
      refusal := 'concurrency';
      reset_seconds := 1;
    end if;
  end if;
  if per_minute is not null then
    this_second := date_trunc('second', clock_timestamp());
    -- A second counts until all of it is a minute ago, so that no minute, wherever it begins, sees more.
    select coalesce(sum(c.requests), 0) into used from nemo_private.request_counts c
    where c.api_key_id = admit_by_key.key_id and c.second >= this_second - interval '60 seconds';
    allowed := greatest(per_minute - used, 0);
    if allowed < admitted then
      admitted := allowed;
      refusal := 'rate_limit';
    end if;
    select ceil(extract(epoch from min(c.second) + interval '61 seconds' - clock_timestamp())) into reset_seconds
    from nemo_private.request_counts c
    where c.api_key_id = admit_by_key.key_id and c.second >= this_second - interval '60 seconds';
    reset_seconds := greatest(coalesce(reset_seconds, 60), 1);
    remaining := allowed - admitted;
    if admitted > 0 then
      insert into nemo_private.request_counts as c (api_key_id, second, requests)
      values (admit_by_key.key_id, this_second, admitted)
      on conflict (api_key_id, second) do update set requests = c.requests + excluded.requests;
      delete from nemo_private.request_counts c
      where c.api_key_id = admit_by_key.key_id and c.second < this_second - interval '2 minutes';
    end if;
  end if;
end
$$;
comment on function nemo_private.admit_by_key(uuid, integer, integer, integer, bigint) is 'Applies a key''s budget, concurrency and requests per minute (a window that slides by seconds).';

-- What an organization can still reserve.
create function nemo_private.free_credit(organization_id uuid)
returns bigint
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
-- Between two vacuums the table is mostly requests that are over. An index scan marks what it finds dead and never
-- looks at it again; reading the table, which seems cheaper for so few rows, looks at all of it each time.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
  return coalesce((select b.balance_nanousd from nemo_private.credit_balances b where b.organization_id = free_credit.organization_id), 0)
    - coalesce((select sum(f.reserved_nanousd) from nemo_private.in_flight f where f.organization_id = free_credit.organization_id), 0)::bigint;
end
$$;
comment on function nemo_private.free_credit(uuid) is 'Balance less the reservations of requests in flight, in nano-dollars.';

create function nemo_private.gateway_resolve(selectors jsonb, admissions jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  wanted nemo_private.selector[];
  requests nemo_private.admission[];
  resolved jsonb := '[]'::jsonb;
  refused jsonb := '{}'::jsonb;
  line record;
  price nemo.model_prices;
  asked integer;
  cost bigint;
  admitted integer;
  refusal text;
  remaining integer;
  reset_seconds integer;
  free bigint;
  reserved bigint;
  turned_away jsonb;
  credit jsonb := '{}'::jsonb;
  ahead jsonb;
begin
  -- What is written here lives as long as a request and is unlogged: no need to wait for a disk.
  perform set_config('synchronous_commit', 'off', true);
  wanted := array(select s from jsonb_populate_recordset(null::nemo_private.selector, gateway_resolve.selectors) s);
  requests := array(select a from jsonb_populate_recordset(null::nemo_private.admission, gateway_resolve.admissions) a);
  -- In one order everywhere, credit before keys, so that look-ups which lock cannot wait for each other.
  for line in select * from nemo_private.resolve_selectors(wanted) s order by s.organization_id, s.api_key_id loop
    remaining := null;
    reset_seconds := null;
    ahead := null;
    if line.outcome in ('template', 'untouched') then
      -- Own providers use no credit, so nothing is reserved for them.
      price := null;
      if line.provider is null then
        price := nemo_private.price_of(null, line.model);
      end if;
      select count(*), coalesce(sum(nemo_private.cost_at(price, r.prompt_tokens, 0, r.output_tokens)), 0) into asked, cost
      from unnest(requests) r where r.selector = line.index;
      free := coalesce((credit ->> line.organization_id::text)::bigint, nemo_private.free_credit(line.organization_id));
      -- Near the end of its credit (what some dozens of such look-ups could use up) an organization is served one
      -- look-up at a time, so that two cannot reserve the same dollar. Everybody else is not held up.
      if not credit ? (line.organization_id::text) and free < 1000000000 + 32 * cost then
        perform pg_advisory_xact_lock(hashtextextended(line.organization_id::text, 2));
        free := nemo_private.free_credit(line.organization_id);
      end if;
      select * into admitted, refusal, remaining, reset_seconds from nemo_private.admit_by_key(line.api_key_id, asked,
        line.requests_per_minute, line.max_concurrency, line.monthly_budget_nanousd);
      if admitted = asked and free > cost then
        -- What nearly every look-up comes to: there is enough for all.
        insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd,
          prompt_tokens, model, provider, lease_until)
        select r.request_id, line.organization_id, line.api_key_id,
          (select w.key_hash from unnest(wanted) w where w.index = line.index),
          coalesce(nemo_private.cost_at(price, r.prompt_tokens, 0, r.output_tokens), 0), r.prompt_tokens, line.model,
          line.provider, clock_timestamp() + interval '30 seconds'
        from unnest(requests) r where r.selector = line.index;
        reserved := cost;
      else
        -- First come, first served: a request is let in while something is left before it.
        with asking as materialized (
          select r.request_id, r.prompt_tokens, r.place,
            coalesce(nemo_private.cost_at(price, r.prompt_tokens, 0, r.output_tokens), 0) as cost
          from unnest(requests) with ordinality r (selector, request_id, prompt_tokens, output_tokens, place)
          where r.selector = line.index
        ), placed as materialized (
          select a.request_id, a.prompt_tokens, row_number() over arrival <= admitted as by_key,
            case when free > sum(a.cost) over arrival - a.cost then a.cost end as reserves
          from asking a window arrival as (order by a.place)
        ), let_in as (
          insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd,
            prompt_tokens, model, provider, lease_until)
          select p.request_id, line.organization_id, line.api_key_id,
            (select w.key_hash from unnest(wanted) w where w.index = line.index), coalesce(p.reserves, 0),
            p.prompt_tokens, line.model, line.provider, clock_timestamp() + interval '30 seconds'
          from placed p where p.by_key
        )
        select coalesce(sum(p.reserves) filter (where p.by_key), 0),
          jsonb_object_agg(p.request_id, case when p.by_key then 'credit' else refusal end)
            filter (where not p.by_key or p.reserves is null)
        into reserved, turned_away from placed p;
        refused := refused || coalesce(turned_away, '{}');
      end if;
      free := free - reserved;
      credit := credit || jsonb_build_object(line.organization_id::text, free);
      -- Limits count each request before it is let in. Of the credit only a sixteenth, so that as many gateways,
      -- each unaware of the others, cannot promise more than there is; and nothing near its end.
      if num_nulls(line.requests_per_minute, line.max_concurrency, line.monthly_budget_nanousd) = 3 and free >= 1000000000 then
        ahead := jsonb_build_object('nanousd', free / 16,
          'nanousd_per_mtok', coalesce(greatest(price.input_nanousd_per_mtok, price.output_nanousd_per_mtok), 0));
      end if;
    end if;
    resolved := resolved || jsonb_build_object('index', line.index, 'outcome', line.outcome,
      'organization_id', line.organization_id, 'data_policy', line.data_policy, 'template_id', line.template_id,
      'version', line.version, 'test', line.test,
      'limit', line.requests_per_minute, 'remaining', remaining,
      'reset_seconds', reset_seconds, 'ahead', ahead);
  end loop;
  return jsonb_build_object('selectors', resolved, 'refused', refused,
    'connections', nemo_private.usable_connections(array(select key::uuid from jsonb_object_keys(credit) key)));
end
$$;
comment on function nemo_private.gateway_resolve(jsonb, jsonb) is
  'Resolves an array of nemo_private.selector and admits an array of nemo_private.admission. Answers {selectors: [{index, outcome, organization_id, data_policy, template_id, version, test, limit, remaining, reset_seconds, ahead}], refused: {request_id: rate_limit | concurrency | budget_exceeded | credit}, connections: as usable_connections answers}. A request refused for credit may still go to the organization''s own provider. ahead says what a gateway that tolerates stale pointers may promise before it asks again: {nanousd of the organization''s credit, nanousd_per_mtok of the dearest token}, null for nothing.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_resolve(jsonb, jsonb) to nemo_gateway;
