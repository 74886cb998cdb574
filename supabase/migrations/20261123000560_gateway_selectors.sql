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

create type nemo_private.resolved_selector as (
  index integer, outcome text, organization_id uuid, api_key_id uuid, key_hash text, data_policy text, template_id text,
  version integer, test json, model text, provider text, own_providers boolean, requests_per_minute integer,
  max_concurrency integer, monthly_budget_nanousd bigint
);
comment on type nemo_private.resolved_selector is 'What a selector means: whose key, which version, which running test and, for reservations, which model and own provider. own_providers says whether the organization has any that is enabled.';

-- In the order in which whoever locks has to lock: by organization, then by key.
create function nemo_private.resolve_selectors(selectors jsonb)
returns nemo_private.resolved_selector[]
language plpgsql
stable
set search_path = ''
as $$
declare
  asked nemo_private.selector;
  line nemo_private.resolved_selector;
  lines nemo_private.resolved_selector[] := '{}'::nemo_private.resolved_selector[];
  key_scopes text[];
  key_default text;
  reference text;
  called text;
  version_config jsonb;
  running_test uuid;
  test_phase integer;
  assigned_by text;
  answerer nemo_private.asked_provider;
begin
  -- Two statements for nearly every request: who asks, and what is served. Beginning a statement costs Postgres more
  -- than its rows do, and so does a join of everything that a request might ask for but does not.
  for place in 0 .. jsonb_array_length(resolve_selectors.selectors) - 1 loop
    asked := jsonb_populate_record(null::nemo_private.selector, resolve_selectors.selectors -> place);
    line := null;
    line.index := asked.index;
    line.key_hash := asked.key_hash;
    line.model := asked.model;
    select k.organization_id, k.id, k.scopes, k.default_template_id, k.requests_per_minute, k.max_concurrency,
      k.monthly_budget_nanousd, o.data_policy,
      exists (select from nemo.provider_connections c where c.organization_id = k.organization_id and c.enabled)
    into line.organization_id, line.api_key_id, key_scopes, key_default, line.requests_per_minute, line.max_concurrency,
      line.monthly_budget_nanousd, line.data_policy, line.own_providers
    from nemo_private.api_key_hashes h
    join nemo.api_keys k on k.id = h.api_key_id
    join nemo.organizations o on o.id = k.organization_id
    where h.key_hash = asked.key_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp());

    reference := coalesce(asked.template, case when asked.use_default is distinct from false then key_default end);
    version_config := null;
    if reference is not null then
      called := reference;
      -- No name begins like this, and every id does.
      if starts_with(reference, 'tpl_') then
        select p.name into called from nemo.prompt_templates p
        where p.id = reference and p.organization_id = line.organization_id and p.deleted_at is null;
      end if;
      select p.id, v.version, v.config, a.id, a.phase, a.assign_by
      into line.template_id, line.version, version_config, running_test, test_phase, assigned_by
      from nemo.prompt_templates p
      left join nemo.prompt_versions v on v.template_id = p.id and v.version = coalesce(asked.version, p.active_version)
      left join nemo.ab_tests a on a.template_id = p.id and a.state = 'running'
        and asked.version is null and asked.label is null and p.active_version is not null
      where p.organization_id = line.organization_id and p.name = called and p.deleted_at is null;
      if running_test is not null then
        line.test := json_build_object('id', running_test, 'phase', test_phase, 'assign_by', assigned_by, 'variants',
          (select json_agg(json_build_object('letter', v.letter, 'version', v.version, 'weight', v.weight,
             'stopped', v.stopped_at is not null) order by v.letter)
           from nemo.ab_variants v where v.test_id = running_test and v.phase = test_phase));
      end if;
      if asked.version is null and asked.label is not null then
        select v.version, v.config into line.version, version_config
        from nemo.prompt_labels l
        join nemo.prompt_versions v on v.template_id = l.template_id and v.version = l.version
        where l.template_id = line.template_id and l.name = asked.label;
      end if;
    end if;

    line.outcome := case
      when line.api_key_id is null then 'invalid_api_key'
      when reference is null and key_scopes is not null then 'key_scope_denied'
      when reference is null then 'untouched'
      when line.template_id is null or (key_scopes is not null and not line.template_id = any (key_scopes)) then 'template_not_found'
      when asked.version is not null and line.version is null then 'version_not_found'
      when asked.label is not null and line.version is null then 'label_not_found'
      when line.version is null then 'template_not_active'
      else 'template'
    end;

    if line.version is not null and asked.model is null then
      line.model := version_config ->> 'model';
    end if;
    -- As far as it can be told before a variant is assigned; the gateway decides, and its record says.
    if line.own_providers or line.model like 'platform/%' then
      answerer := nemo_private.ask_provider(line.organization_id, asked.model, version_config);
      if not (answerer is null) then
        line.model := answerer.model;
      end if;
      line.provider := answerer.provider;
    end if;
    lines := lines || line;
  end loop;
  if cardinality(lines) > 1 then
    lines := array(select l from unnest(lines) l order by l.organization_id, l.api_key_id);
  end if;
  return lines;
end
$$;
comment on function nemo_private.resolve_selectors(jsonb) is 'Key, template, version, running test and (for reservations) model and own provider of each nemo_private.selector of an array. Another organization''s template is not found, like a missing one.';

revoke execute on all functions in schema nemo_private from public;
