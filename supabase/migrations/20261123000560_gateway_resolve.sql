-- What the gateway asks before it serves: who is this key, which version is meant, may it go on. One call
-- answers many requests at once. Requests that ask the same are one selector, so a busy template is looked
-- up once per call.

create type nemo_private.selector as (
  index integer, key_hash text, template text, version integer, label text, model text, use_default boolean
);
comment on type nemo_private.selector is 'What a request asks for: template is an id, a name or null for the key''s default (for none, if use_default is false); version or label is a pin; model is the client''s own, if it named one.';

create type nemo_private.admission as (
  selector integer, request_id uuid, prompt_tokens integer, output_tokens integer
);
comment on type nemo_private.admission is 'One request of a selector, with what it may use: estimated tokens of prompt and answer.';

create function nemo_private.resolve_selectors(selectors nemo_private.selector[])
returns table (
  index integer, outcome text, organization_id uuid, api_key_id uuid, data_policy text, template_id text,
  version integer, test jsonb, model text, provider text, requests_per_minute integer, max_concurrency integer,
  monthly_budget_nanousd bigint)
language plpgsql
stable
set search_path = ''
-- Planning this join costs many times what running it does; the plan does not depend on the values.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  select s.index,
    case
      when k.id is null then 'invalid_api_key'
      when wanted.reference is null and k.scopes is not null then 'key_scope_denied'
      when wanted.reference is null then 'untouched'
      when t.id is null or (k.scopes is not null and not t.id = any (k.scopes)) then 'template_not_found'
      when s.version is not null and chosen.version is null then 'version_not_found'
      when s.label is not null and chosen.version is null then 'label_not_found'
      when chosen.version is null then 'template_not_active'
      else 'template'
    end,
    k.organization_id, k.id, o.data_policy, t.id, chosen.version,
    case when s.version is null and s.label is null and t.active_version is not null then (
      select jsonb_build_object('id', a.id, 'phase', a.phase, 'assign_by', a.assign_by,
        'variants', (select jsonb_agg(jsonb_build_object('letter', v.letter, 'version', v.version, 'weight', v.weight,
                       'stopped', v.stopped_at is not null) order by v.letter)
                     from nemo.ab_variants v where v.test_id = a.id and v.phase = a.phase))
      from nemo.ab_tests a where a.template_id = t.id and a.state = 'running') end,
    asked.model,
    -- As far as it can be told before a variant is assigned; the gateway decides, and its record says.
    (select c.name from nemo.provider_connections c
     where c.organization_id = k.organization_id and c.enabled and not 'platform' = any (c.fallbacks)
       and (c.name in (asked.provider, split_part(asked.model, '/', 1)) or asked.model = any (c.models))
     limit 1),
    k.requests_per_minute, k.max_concurrency, k.monthly_budget_nanousd
  from unnest(resolve_selectors.selectors) s
  left join nemo_private.api_key_hashes h on h.key_hash = s.key_hash
  left join nemo.api_keys k on k.id = h.api_key_id
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
  left join nemo.organizations o on o.id = k.organization_id
  cross join lateral (select coalesce(s.template, case when s.use_default is distinct from false then k.default_template_id end) as reference) wanted
  left join lateral (
    select p.id, p.active_version from nemo.prompt_templates p
    where p.id = wanted.reference and p.organization_id = k.organization_id and p.deleted_at is null
    union all
    select p.id, p.active_version from nemo.prompt_templates p
    where p.name = wanted.reference and p.organization_id = k.organization_id and p.deleted_at is null
    limit 1
  ) t on true
  left join lateral (
    select v.version from nemo.prompt_versions v where v.template_id = t.id and v.version = s.version
    union all
    select l.version from nemo.prompt_labels l where s.version is null and l.template_id = t.id and l.name = s.label
    union all
    select t.active_version where s.version is null and s.label is null
    limit 1
  ) chosen on true
  left join lateral (
    select coalesce(s.model, v.config ->> 'model') as model, v.config ->> 'provider' as provider
    from (select) nothing
    left join nemo.prompt_versions v on v.template_id = t.id and v.version = chosen.version
  ) asked on true;
end
$$;
comment on function nemo_private.resolve_selectors(nemo_private.selector[]) is 'Key, template, version, running test and (for reservations) model and own provider of each selector. Another organization''s template is not found, like a missing one.';

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
  resolved jsonb := '[]';
  refused jsonb := '{}';
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
  credit jsonb := '{}';
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

create function nemo_private.gateway_versions(wanted jsonb)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  -- Only with a key of the template's own organization: knowing an id opens nothing.
  select coalesce(jsonb_agg(jsonb_build_object('template_id', v.template_id, 'version', v.version,
    'messages', v.messages, 'config', v.config, 'contract', v.contract,
    'includes', jsonb_build_object('pins', v.pins, 'versions', nemo_private.included_versions(v.organization_id, v.pins)))), '[]')
  from jsonb_to_recordset(gateway_versions.wanted) as w (key_hash text, template_id text, version integer)
  join nemo_private.api_key_hashes h on h.key_hash = w.key_hash
  join nemo.api_keys k on k.id = h.api_key_id
  join nemo.prompt_versions v on v.template_id = w.template_id and v.version = w.version
    and v.organization_id = k.organization_id
$$;
comment on function nemo_private.gateway_versions(jsonb) is 'Texts of versions with all they include: takes [{key_hash, template_id, version}], answers those that key''s organization owns. Versions never change, so they may be kept.';

create function nemo_private.gateway_renew(requests jsonb)
returns void
language sql
security definer
set search_path = ''
as $$
  update nemo_private.in_flight f set lease_until = clock_timestamp() + interval '30 seconds', progress = r.progress
  from jsonb_to_recordset(gateway_renew.requests) as r (request_id uuid, progress jsonb)
  where f.request_id = r.request_id
$$;
comment on function nemo_private.gateway_renew(jsonb) is 'Says that requests are still being served: [{request_id, progress}], progress being the log entry so far.';

create function nemo_private.gateway_models(key_hash text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'created_at', extract(epoch from t.active_since)::bigint) order by t.name), '[]')
  from nemo_private.api_key_hashes h
  join nemo.api_keys k on k.id = h.api_key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
  join nemo.prompt_templates t on t.organization_id = k.organization_id and t.deleted_at is null
    and t.active_version is not null and (k.scopes is null or t.id = any (k.scopes))
  where h.key_hash = gateway_models.key_hash
$$;
comment on function nemo_private.gateway_models(text) is 'The active templates a key may use: [{name, created_at}].';

create function nemo_private.gateway_health()
returns timestamptz
language sql
volatile
set search_path = ''
as $$
  select clock_timestamp()
$$;
comment on function nemo_private.gateway_health() is 'The database''s time: it answers, and the gateway may ask it.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function
  nemo_private.gateway_resolve(jsonb, jsonb), nemo_private.gateway_versions(jsonb), nemo_private.gateway_renew(jsonb),
  nemo_private.gateway_models(text), nemo_private.gateway_health()
to nemo_gateway;
