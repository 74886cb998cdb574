-- Making and revoking keys.

create function nemo_private.check_own_templates(organization_id uuid, template_ids text[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  stray text;
begin
  select s.id into stray
  from unnest(check_own_templates.template_ids) s (id)
  where not exists (
    select from nemo.prompt_templates t
    where t.id = s.id and t.organization_id = check_own_templates.organization_id and t.deleted_at is null)
  limit 1;
  if found then
    perform nemo_private.fail('NM003', 'There is no such template.', format('"%s" is not the id of a template of this organization.', left(stray, 80)));
  end if;
end
$$;
comment on function nemo_private.check_own_templates(uuid, text[]) is 'Refuses ids that are not templates of the organization (NM003).';

create function nemo_private.announce_key(key nemo.api_keys, action text, before jsonb default null, after jsonb default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.append_audit(key.organization_id, announce_key.action, 'api_key', key.id::text, key.default_template_id,
    before => announce_key.before, after => announce_key.after);
  perform nemo_private.broadcast(key.organization_id, 'api_key.changed', jsonb_build_object('api_key_id', key.id));
end
$$;
comment on function nemo_private.announce_key(nemo.api_keys, text, jsonb, jsonb) is 'Writes the audit entry of a change to a key and tells open dashboards.';

create function nemo.create_api_key(
  organization_id uuid,
  name text,
  default_template_id text default null,
  scopes text[] default null,
  expires_at timestamptz default null,
  requests_per_minute integer default null,
  monthly_budget_nanousd bigint default null,
  max_concurrency integer default null,
  out id uuid,
  out key text
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  made nemo.api_keys;
begin
  perform nemo_private.require_role(create_api_key.organization_id, 'admin');
  perform nemo_private.hold_organization(create_api_key.organization_id);
  if cardinality(create_api_key.scopes) = 0 then
    perform nemo_private.fail('NM015', 'The key may use no template.', 'Name at least one template, or leave scopes out to allow all.');
  elsif array_ndims(create_api_key.scopes) > 1 then
    perform nemo_private.fail('NM015', 'The scopes are a list of lists.', 'Give a plain list of template ids.');
  elsif not create_api_key.default_template_id = any (create_api_key.scopes) then
    perform nemo_private.fail('NM041', 'The default template is not among those the key may use.', 'Add it to scopes or choose another.');
  elsif create_api_key.expires_at <= now() then
    perform nemo_private.fail('NM015', 'The key would have expired already.', 'Give a time in the future, or none.');
  elsif not isfinite(create_api_key.expires_at) then
    perform nemo_private.fail('NM015', 'The key would expire at the end of time.', 'Leave the time out for a key that does not expire.');
  end if;
  perform nemo_private.check_range(cardinality(create_api_key.scopes), 'number of scopes', 1, 1000);
  perform nemo_private.check_own_templates(create_api_key.organization_id,
    case when create_api_key.default_template_id is null then create_api_key.scopes
      else create_api_key.scopes || create_api_key.default_template_id end);
  perform nemo_private.check_range(create_api_key.requests_per_minute, 'number of requests per minute', 1, 1000000);
  perform nemo_private.check_range(create_api_key.max_concurrency, 'number of requests at once', 1, 100000);
  perform nemo_private.check_range(create_api_key.monthly_budget_nanousd, 'monthly budget', 0, 9000000000000000000);
  create_api_key.key := nemo_private.random_token('nemo_sk_');
  insert into nemo.api_keys
    (organization_id, name, prefix, default_template_id, scopes, expires_at, requests_per_minute, monthly_budget_nanousd,
     max_concurrency, created_by)
  values (
    create_api_key.organization_id, nemo_private.check_text(create_api_key.name, 'name', 100, required => true),
    left(create_api_key.key, 14), create_api_key.default_template_id, create_api_key.scopes, create_api_key.expires_at,
    create_api_key.requests_per_minute, create_api_key.monthly_budget_nanousd,
    create_api_key.max_concurrency, nemo_private.current_user_id())
  returning * into made;
  insert into nemo_private.api_key_hashes (key_hash, api_key_id) values (nemo_private.sha256_hex(create_api_key.key), made.id);
  perform nemo_private.announce_key(made, 'api_key.created',
    after => to_jsonb(made) - 'organization_id' - 'last_used_at' - 'revoked_at' - 'revoked_by');
  create_api_key.id := made.id;
end
$$;
comment on function nemo.create_api_key(uuid, text, text, text[], timestamptz, integer, bigint, integer) is
  'Makes a key for the gateway (admin) and returns {id, key}; key only here and now. NM002, NM003 organization or template, NM010–NM012 name, NM015 limits, NM041 default template outside scopes.';

create function nemo.revoke_api_key(api_key_id uuid)
returns nemo.api_keys
language plpgsql
security definer
set search_path = ''
as $$
declare
  revoked nemo.api_keys;
begin
  select * into revoked from nemo.api_keys k where k.id = revoke_api_key.api_key_id;
  perform nemo_private.require_role(revoked.organization_id, 'admin', 'key');
  perform nemo_private.hold_organization(revoked.organization_id);
  update nemo.api_keys k set revoked_at = now(), revoked_by = nemo_private.current_user_id()
  where k.id = revoked.id and k.revoked_at is null
  returning * into revoked;
  if not found then
    select * into revoked from nemo.api_keys k where k.id = revoke_api_key.api_key_id;
    return revoked;
  end if;
  perform nemo_private.announce_key(revoked, 'api_key.revoked', before => jsonb_build_object('name', revoked.name, 'prefix', revoked.prefix));
  return revoked;
end
$$;
comment on function nemo.revoke_api_key(uuid) is
  'Revokes a key (admin); refused from the next request on. Already revoked: nothing happens. NM002, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.create_api_key(uuid, text, text, text[], timestamptz, integer, bigint, integer), nemo.revoke_api_key(uuid)
  to authenticated, service_role;
