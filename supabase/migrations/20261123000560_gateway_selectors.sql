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
    -- As far as it can be told before a variant is assigned; the gateway decides, and its record says.
    case when way.answerer is null then asked.model else (way.answerer).model end, (way.answerer).provider,
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
    select coalesce(s.model, v.config ->> 'model') as model, v.config
    from (select) nothing
    left join nemo.prompt_versions v on v.template_id = t.id and v.version = chosen.version
  ) asked on true
  cross join lateral (
    select case when asked.model like 'platform/%' or exists (
        select from nemo.provider_connections c where c.organization_id = k.organization_id and c.enabled)
      then nemo_private.ask_provider(k.organization_id, s.model, asked.config) end as answerer
  ) way;
end
$$;
comment on function nemo_private.resolve_selectors(nemo_private.selector[]) is 'Key, template, version, running test and (for reservations) model and own provider of each selector. Another organization''s template is not found, like a missing one.';

revoke execute on all functions in schema nemo_private from public;
