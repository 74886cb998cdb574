-- What the gateway asks before it serves, first half: who is this key, which version is meant. Requests that ask the
-- same are one selector, so a busy template is looked up once per call.

create type nemo_private.selector as (
  index integer, key_hash text, template text, version integer, label text, model text, use_default boolean
);
comment on type nemo_private.selector is 'What a request asks for: template is an id, a name or null for the key''s default (for none, if use_default is false); version or label is a pin; model is the client''s own, if it named one.';

create type nemo_private.asked_provider as (provider text, model text);
comment on type nemo_private.asked_provider is 'Who may be asked for an answer, for reservations: the own provider that is asked first, or null when the platform''s may be, and then for which model.';

-- The rules of functions/_shared/core/providers/choose-targets.ts, which says them in full; a test holds the two together.
create function nemo_private.ask_provider(organization_id uuid, client_model text, config jsonb)
returns nemo_private.asked_provider
language plpgsql
stable
set search_path = ''
as $$
declare
  names constant text[] := array(
    select c.name from nemo.provider_connections c where c.organization_id = ask_provider.organization_id and c.enabled) || 'platform'::text;
  model constant text := coalesce(ask_provider.client_model, ask_provider.config ->> 'model');
  by_client constant boolean := split_part(ask_provider.client_model, '/', 1) = any (names) and ask_provider.client_model like '_%/_%';
  by_model constant boolean := split_part(model, '/', 1) = any (names) and model like '_%/_%';
  rest constant text := substr(model, position('/' in model) + 1);
  first nemo_private.asked_provider;
  own text[];
  fallback text;
begin
  if by_client then
    first := row(split_part(model, '/', 1), rest);
  elsif jsonb_typeof(ask_provider.config -> 'provider') = 'string' then
    if ask_provider.config ->> 'provider' = any (names) then
      first.provider := ask_provider.config ->> 'provider';
      first.model := case when by_model and split_part(model, '/', 1) = first.provider then rest else model end;
    end if;
  elsif by_model then
    first := row(split_part(model, '/', 1), rest);
  else
    first.model := model;
    select c.name into first.provider from nemo.provider_connections c
    where c.organization_id = ask_provider.organization_id and c.enabled
      and exists (select from unnest(c.models) m where m = model or (m like '%*' and starts_with(model, left(m, -1))))
    order by c.name limit 1;
    first.provider := coalesce(first.provider, 'platform');
  end if;
  if first.provider = 'platform' then
    return row(null::text, first.model)::nemo_private.asked_provider;
  end if;
  select c.fallbacks into own from nemo.provider_connections c
  where c.organization_id = ask_provider.organization_id and c.name = first.provider;
  if not coalesce(by_client, false) and jsonb_typeof(ask_provider.config -> 'fallbacks') = 'array' then
    own := array(select f.value #>> '{}' from jsonb_array_elements(ask_provider.config -> 'fallbacks') f where jsonb_typeof(f.value) = 'string');
  end if;
  foreach fallback in array coalesce(own, '{}') loop
    if fallback = 'platform' then
      return row(null::text, case when first.provider is null then model else first.model end)::nemo_private.asked_provider;
    elsif fallback like 'platform/_%' then
      return row(null::text, substr(fallback, 10))::nemo_private.asked_provider;
    elsif first.provider is null and (fallback = any (names) or (fallback like '_%/_%' and split_part(fallback, '/', 1) = any (names))) then
      first := row(split_part(fallback, '/', 1), model);
    end if;
  end loop;
  return first;
end
$$;
comment on function nemo_private.ask_provider(uuid, text, jsonb) is
  'Who may be asked: an own provider alone, or the platform''s too, as far as client''s model, version''s config and the organization''s connections say.';

create function nemo_private.resolve_selectors(selectors nemo_private.selector[])
returns table (
  index integer, outcome text, organization_id uuid, api_key_id uuid, data_policy text, template_id text,
  version integer, test jsonb, model text, provider text, requests_per_minute integer, max_concurrency integer,
  monthly_budget_nanousd bigint)
language plpgsql
stable
set search_path = ''
-- The plans do not depend on the values, and making them costs many times what running them does.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  asked nemo_private.selector;
  caller record;
  reference text;
  found_id text;
  active integer;
  config jsonb;
  answerer nemo_private.asked_provider;
begin
  -- Step by step and not as one join: what a request does not ask for is not looked for, and beginning a join of
  -- nine tables costs Postgres twice as much as these few rows.
  foreach asked in array resolve_selectors.selectors loop
    index := asked.index;
    select k.id, k.organization_id, k.scopes, k.default_template_id, k.requests_per_minute, k.max_concurrency,
      k.monthly_budget_nanousd, o.data_policy
    into caller
    from nemo_private.api_key_hashes h
    join nemo.api_keys k on k.id = h.api_key_id
    join nemo.organizations o on o.id = k.organization_id
    where h.key_hash = asked.key_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp());
    organization_id := caller.organization_id;
    api_key_id := caller.id;
    data_policy := caller.data_policy;
    requests_per_minute := caller.requests_per_minute;
    max_concurrency := caller.max_concurrency;
    monthly_budget_nanousd := caller.monthly_budget_nanousd;
    test := null;
    model := asked.model;
    provider := null;

    reference := coalesce(asked.template, case when asked.use_default is distinct from false then caller.default_template_id end);
    found_id := null;
    active := null;
    if reference is not null then
      select p.id, p.active_version into found_id, active from nemo.prompt_templates p
      where p.id = reference and p.organization_id = caller.organization_id and p.deleted_at is null;
      if not found then
        select p.id, p.active_version into found_id, active from nemo.prompt_templates p
        where p.name = reference and p.organization_id = caller.organization_id and p.deleted_at is null;
      end if;
    end if;
    template_id := found_id;

    version := null;
    if asked.version is not null then
      select v.version into version from nemo.prompt_versions v where v.template_id = found_id and v.version = asked.version;
    elsif asked.label is not null then
      select l.version into version from nemo.prompt_labels l where l.template_id = found_id and l.name = asked.label;
    else
      version := active;
      if active is not null then
        select jsonb_build_object('id', a.id, 'phase', a.phase, 'assign_by', a.assign_by,
          'variants', (select jsonb_agg(jsonb_build_object('letter', v.letter, 'version', v.version, 'weight', v.weight,
                         'stopped', v.stopped_at is not null) order by v.letter)
                       from nemo.ab_variants v where v.test_id = a.id and v.phase = a.phase))
        into test
        from nemo.ab_tests a where a.template_id = found_id and a.state = 'running';
      end if;
    end if;

    outcome := case
      when caller.id is null then 'invalid_api_key'
      when reference is null and caller.scopes is not null then 'key_scope_denied'
      when reference is null then 'untouched'
      when found_id is null or (caller.scopes is not null and not found_id = any (caller.scopes)) then 'template_not_found'
      when asked.version is not null and version is null then 'version_not_found'
      when asked.label is not null and version is null then 'label_not_found'
      when version is null then 'template_not_active'
      else 'template'
    end;

    config := null;
    if version is not null then
      select v.config into config from nemo.prompt_versions v where v.template_id = found_id and v.version = resolve_selectors.version;
      model := coalesce(asked.model, config ->> 'model');
    end if;
    -- As far as it can be told before a variant is assigned; the gateway decides, and its record says.
    if model like 'platform/%' or exists (
        select from nemo.provider_connections c where c.organization_id = caller.organization_id and c.enabled) then
      answerer := nemo_private.ask_provider(caller.organization_id, asked.model, config);
      if not (answerer is null) then
        model := answerer.model;
      end if;
      provider := answerer.provider;
    end if;
    return next;
  end loop;
end
$$;
comment on function nemo_private.resolve_selectors(nemo_private.selector[]) is 'Key, template, version, running test and (for reservations) model and own provider of each selector. Another organization''s template is not found, like a missing one.';

revoke execute on all functions in schema nemo_private from public;
