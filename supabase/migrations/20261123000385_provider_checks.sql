-- What connecting an organization's own provider insists on: names, an address, the right to it.

create function nemo_private.check_provider_names(names text[], what text, most integer)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  name text;
  checked text[] := '{}'::text[];
begin
  perform nemo_private.check_range(cardinality(check_provider_names.names), format('number of %ss', check_provider_names.what), 0, check_provider_names.most);
  foreach name in array coalesce(check_provider_names.names, '{}') loop
    perform nemo_private.check_text(name, check_provider_names.what, 200, required => true);
    if name ~ '\s' then
      perform nemo_private.fail('NM012', format('The %s "%s" contains a space.', check_provider_names.what, left(name, 60)), 'Remove it.');
    end if;
    checked := checked || name;
  end loop;
  return checked;
end
$$;
comment on function nemo_private.check_provider_names(text[], text, integer) is 'Refuses a list with too many names (NM015), or an empty (NM010), too long (NM011) or spaced (NM012) one in it. No list is an empty one.';

create function nemo_private.check_base_url(base_url text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  checked text := rtrim(nemo_private.check_text(check_base_url.base_url, 'base URL', 500, required => true), '/');
begin
  if checked !~ '^https?://[^/?#@\s]+(/[^?#\s]*)?$' then
    perform nemo_private.fail('NM101', 'This is not a base URL.',
      'Give one such as https://api.example.com/v1, without user, query or fragment.');
  end if;
  return checked;
end
$$;
comment on function nemo_private.check_base_url(text) is 'Refuses what cannot be a base URL (NM101) and removes slashes at its end. That it leads to no private address is checked by the function `providers`, and again by whoever sends a request there.';

create function nemo_private.origin_of(base_url text)
returns text
language sql
immutable
set search_path = ''
as $$
  select lower(substring(origin_of.base_url from '^https?://[^/]+'))
$$;
comment on function nemo_private.origin_of(text) is 'Scheme, host and port of a base URL.';

-- Membership is asked before anything is locked, so a stranger cannot hold up someone else's connection.
create function nemo_private.require_connection(connection_id uuid)
returns nemo.provider_connections
language plpgsql
set search_path = ''
as $$
declare
  connection nemo.provider_connections;
begin
  select * into connection from nemo.provider_connections c where c.id = require_connection.connection_id;
  perform nemo_private.require_role(connection.organization_id, 'admin', 'provider connection');
  perform nemo_private.hold_organization(connection.organization_id);
  select * into connection from nemo.provider_connections c where c.id = require_connection.connection_id for update;
  if connection.id is null then
    perform nemo_private.fail('NM003', 'There is no such provider connection.', 'Check the id.');
  end if;
  return connection;
end
$$;
comment on function nemo_private.require_connection(uuid) is
  'The connection, locked for this transaction, if the caller is an admin of its organization. NM001, NM002, NM003.';

revoke execute on all functions in schema nemo_private from public;
