-- What else the gateway asks: texts of versions, the models a key may use, and that it is still there.

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
  -- A row that somebody has locked is being written down or settled at this moment, and needs no lease any more.
  update nemo_private.in_flight f set lease_until = clock_timestamp() + interval '30 seconds', progress = live.progress
  from (
    -- A request that began under full may outlast that policy, and the gateway does not hear of it.
    select l.request_id, case when o.data_policy = 'full' then r.progress else nemo_private.without_content(r.progress) end as progress
    from jsonb_to_recordset(gateway_renew.requests) as r (request_id uuid, progress jsonb)
    join nemo_private.in_flight l on l.request_id = r.request_id
    join nemo.organizations o on o.id = l.organization_id
    for update of l skip locked
  ) live
  where f.request_id = live.request_id
$$;
comment on function nemo_private.gateway_renew(jsonb) is 'Says that requests are still being served: [{request_id, progress}], progress being the log entry so far.';

create function nemo_private.gateway_withdraw(request_ids jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Noted as well, because the look-up may come only after this.
  insert into nemo_private.withdrawn_requests (request_id)
  select e::uuid from jsonb_array_elements_text(gateway_withdraw.request_ids) e
  on conflict do nothing;
  delete from nemo_private.in_flight l
  where l.request_id in (select e::uuid from jsonb_array_elements_text(gateway_withdraw.request_ids) e);
end
$$;
comment on function nemo_private.gateway_withdraw(jsonb) is 'Says that requests were given up because the answer to their look-up did not come: [request_id]. Nothing was sent for them, so nothing is charged, whenever the look-up is carried out.';

create function nemo_private.gateway_models(key_hash text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'templates', (
      select coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'created_at', extract(epoch from t.active_since)::bigint) order by t.name), '[]')
      from nemo.prompt_templates t
      where t.organization_id = k.organization_id and t.deleted_at is null
        and t.active_version is not null and (k.scopes is null or t.id = any (k.scopes))),
    -- A beginning such as "llama-*" names no model that could be asked for.
    'connections', (
      select coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'model', m.model, 'created_at', extract(epoch from c.updated_at)::bigint) order by c.name, m.model), '[]')
      from nemo.provider_connections c cross join unnest(c.models) m (model)
      where c.organization_id = k.organization_id and c.enabled and m.model not like '%*'))
  from nemo_private.api_key_hashes h
  join nemo.api_keys k on k.id = h.api_key_id and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
  where h.key_hash = gateway_models.key_hash
$$;
comment on function nemo_private.gateway_models(text) is
  'What a key may ask for by name: {templates: [{name, created_at}], connections: [{name, model, created_at}]}, active templates and the models that enabled connections list; null for a key that is none.';

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
  nemo_private.gateway_versions(jsonb), nemo_private.gateway_renew(jsonb), nemo_private.gateway_withdraw(jsonb),
  nemo_private.gateway_models(text), nemo_private.gateway_health()
to nemo_gateway;
