-- Everything the gateway needs to use the connections of organizations, as it is at this moment.

create function nemo_private.usable_connections(organization_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select jsonb_object_agg(o.organization_id, o.connections) from (
    select c.organization_id, jsonb_agg(jsonb_build_object('id', c.id, 'organization_id', c.organization_id, 'name', c.name,
      'base_url', c.base_url, 'models', c.models, 'fallbacks', c.fallbacks, 'sealed_key', k.sealed_key) order by c.name) as connections
    from nemo.provider_connections c left join nemo_private.provider_keys k on k.connection_id = c.id
    where c.organization_id = any (usable_connections.organization_ids) and c.enabled
    group by c.organization_id) o);
end
$$;
comment on function nemo_private.usable_connections(uuid[]) is
  'The enabled connections of organizations with their sealed keys: {organization_id: [{id, organization_id, name, base_url, models, fallbacks, sealed_key}]}; null when there are none.';

create function nemo_private.sealed_connection(connection nemo.provider_connections)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', connection.id, 'organization_id', connection.organization_id, 'name', connection.name,
    'base_url', connection.base_url,
    'sealed_key', (select k.sealed_key from nemo_private.provider_keys k where k.connection_id = connection.id))
$$;
comment on function nemo_private.sealed_connection(nemo.provider_connections) is
  'A connection as whoever calls it needs it, with its sealed key: {id, organization_id, name, base_url, sealed_key}. Asks nobody''s leave: its callers do.';

create function nemo_private.gateway_provider(ticket uuid)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  with redeemed as (
    delete from nemo_private.provider_tickets t where t.ticket = gateway_provider.ticket
    returning t.connection_id, t.expires_at)
  select nemo_private.sealed_connection(c)
  from redeemed r
  join nemo.provider_connections c on c.id = r.connection_id
  where r.expires_at > now()
$$;
comment on function nemo_private.gateway_provider(uuid) is 'The connection a ticket of start_provider_test is for, with its sealed key; null when the ticket is used, expired or none.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_provider(uuid) to nemo_gateway;
