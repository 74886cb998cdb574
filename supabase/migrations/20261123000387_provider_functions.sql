-- Connecting, changing and removing an organization's own providers. Connecting and changing are for the server
-- alone, acting for an admin: it checks the address and encrypts the key, neither of which SQL can do.

create function nemo.create_provider_connection(
  organization_id uuid, connection_id uuid, name text, base_url text, sealed_key text default null,
  key_hint text default null, models text[] default '{}', fallbacks text[] default '{}')
returns nemo.provider_connections
language plpgsql
security definer
set search_path = ''
as $$
declare
  made nemo.provider_connections;
  wanted text;
begin
  perform nemo_private.require_role(create_provider_connection.organization_id, 'admin');
  -- Two at once must not both be the last one allowed.
  perform from nemo.organizations o where o.id = create_provider_connection.organization_id for no key update;
  if (select count(*) from nemo.provider_connections c where c.organization_id = create_provider_connection.organization_id) >= 20 then
    perform nemo_private.fail('NM100', 'The organization has 20 provider connections, as many as it may.', 'Remove one you no longer need.');
  end if;
  wanted := nemo_private.check_slug(create_provider_connection.name, 'name');
  if wanted in ('platform', 'nemo') then
    perform nemo_private.fail('NM013', format('"%s" cannot be the name of a connection.', wanted), 'It means something else in a model''s name; choose another.');
  elsif exists (select from nemo.provider_connections c where c.organization_id = create_provider_connection.organization_id and c.name = wanted) then
    perform nemo_private.fail('NM017', format('A connection named "%s" already exists.', wanted), 'Choose another name, or change that one.');
  end if;
  insert into nemo.provider_connections (id, organization_id, name, base_url, models, fallbacks, key_hint, created_by)
  values (create_provider_connection.connection_id, create_provider_connection.organization_id, wanted,
    nemo_private.check_base_url(create_provider_connection.base_url),
    nemo_private.check_provider_names(create_provider_connection.models, 'model', 100),
    nemo_private.check_provider_names(create_provider_connection.fallbacks, 'fallback', 5),
    case when create_provider_connection.sealed_key is not null then create_provider_connection.key_hint end,
    nemo_private.current_user_id())
  returning * into made;
  if create_provider_connection.sealed_key is not null then
    insert into nemo_private.provider_keys (connection_id, sealed_key) values (made.id, create_provider_connection.sealed_key);
  end if;
  perform nemo_private.append_audit(made.organization_id, 'provider.connected', 'provider_connection', made.id::text,
    after => to_jsonb(made) - 'organization_id' - 'created_by' - 'created_at' - 'updated_at');
  perform nemo_private.broadcast(made.organization_id, 'provider.changed', jsonb_build_object('connection_id', made.id));
  return made;
end
$$;
comment on function nemo.create_provider_connection(uuid, uuid, text, text, text, text, text[], text[]) is
  'Connects a provider for an admin. The server only: it chose connection_id, checked the address and sealed the key. NM002, NM003, NM010–NM013, NM015 too many models or fallbacks, NM017 name taken, NM100 too many, NM101 base URL.';

create function nemo.update_provider_connection(
  connection_id uuid, base_url text default null, sealed_key text default null, key_hint text default null,
  models text[] default null, fallbacks text[] default null, enabled boolean default null)
returns nemo.provider_connections
language plpgsql
security definer
set search_path = ''
as $$
declare
  before nemo.provider_connections := nemo_private.require_connection(update_provider_connection.connection_id);
  after nemo.provider_connections := before;
  new_key constant boolean := update_provider_connection.sealed_key is not null;
begin
  after.base_url := nemo_private.check_base_url(coalesce(update_provider_connection.base_url, before.base_url));
  -- Otherwise an admin, who cannot read the key, could have it sent to a server that shows it.
  if before.key_hint is not null and not new_key
      and nemo_private.origin_of(after.base_url) <> nemo_private.origin_of(before.base_url) then
    perform nemo_private.fail('NM102', 'Another server needs its key entered again.', 'Give the key together with the new base URL.');
  end if;
  if update_provider_connection.models is not null then
    after.models := nemo_private.check_provider_names(update_provider_connection.models, 'model', 100);
  end if;
  if update_provider_connection.fallbacks is not null then
    after.fallbacks := nemo_private.check_provider_names(update_provider_connection.fallbacks, 'fallback', 5);
  end if;
  after.enabled := coalesce(update_provider_connection.enabled, before.enabled);
  if new_key then
    after.key_hint := update_provider_connection.key_hint;
    insert into nemo_private.provider_keys as k (connection_id, sealed_key) values (before.id, update_provider_connection.sealed_key)
    on conflict on constraint provider_keys_pkey do update set sealed_key = excluded.sealed_key, sealed_at = now();
  end if;
  update nemo.provider_connections c set base_url = after.base_url, models = after.models, fallbacks = after.fallbacks,
    enabled = after.enabled, key_hint = after.key_hint, updated_at = now()
  where c.id = before.id
  returning c.* into after;
  perform nemo_private.append_audit(after.organization_id, 'provider.updated', 'provider_connection', after.id::text,
    before => to_jsonb(before) - 'organization_id' - 'created_by' - 'created_at' - 'updated_at',
    after => to_jsonb(after) - 'organization_id' - 'created_by' - 'created_at' - 'updated_at' || jsonb_build_object('key_replaced', new_key));
  perform nemo_private.broadcast(after.organization_id, 'provider.changed', jsonb_build_object('connection_id', after.id));
  return after;
end
$$;
comment on function nemo.update_provider_connection(uuid, text, text, text, text[], text[], boolean) is
  'Changes what is given of a connection, for an admin; what is null stays. The server only. NM002, NM003, NM010–NM012, NM015, NM101 base URL, NM102 another server without its key.';

create function nemo.delete_provider_connection(connection_id uuid)
returns nemo.provider_connections
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed nemo.provider_connections := nemo_private.require_connection(delete_provider_connection.connection_id);
begin
  delete from nemo.provider_connections c where c.id = removed.id;
  perform nemo_private.append_audit(removed.organization_id, 'provider.removed', 'provider_connection', removed.id::text,
    before => to_jsonb(removed) - 'organization_id' - 'created_by' - 'created_at' - 'updated_at');
  perform nemo_private.broadcast(removed.organization_id, 'provider.changed', jsonb_build_object('connection_id', removed.id));
  return removed;
end
$$;
comment on function nemo.delete_provider_connection(uuid) is
  'Removes a connection and its key (admin); no request that begins afterwards uses it. NM002, NM003.';

create function nemo.start_provider_test(connection_id uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  tested nemo.provider_connections := nemo_private.require_connection(start_provider_test.connection_id);
  drawn uuid;
begin
  delete from nemo_private.provider_tickets t where t.expires_at < now();
  insert into nemo_private.provider_tickets (connection_id) values (tested.id) returning ticket into drawn;
  return drawn;
end
$$;
comment on function nemo.start_provider_test(uuid) is
  'A ticket with which the function `providers` gets a connection''s sealed key from gateway_provider, once and within a minute. The server only, for an admin. NM002, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.create_provider_connection(uuid, uuid, text, text, text, text, text[], text[]),
  nemo.update_provider_connection(uuid, text, text, text, text[], text[], boolean),
  nemo.start_provider_test(uuid)
  to service_role;
grant execute on function nemo.delete_provider_connection(uuid) to authenticated, service_role;
