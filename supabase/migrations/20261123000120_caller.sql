-- Who is asking, and from where.
--
-- Functions that change things are `security definer`, so inside them current_user is the owner. The role
-- the request came in with is still in the setting "role", which a client of the API cannot change.
--
-- A caller is one of three:
-- * a person: role `authenticated`, named by the JWT; or named in the header x-nemo-acting-user when, and
--   only when, the call comes with the service role's key. That is how an edge function acts for someone
--   whose token it has checked, and passes on that person's address and agent (x-nemo-client-ip,
--   x-nemo-client-agent). From anyone else those headers are ignored.
-- * the system: the service role acting for nobody, the owner's scheduled jobs and migrations.
-- * the gateway, which these helpers treat as nobody: its functions say for whom they act.

-- All of this is asked several times in every change, hence in PL/pgSQL: it keeps its plans for the session, and a SQL
-- function would make them anew in each statement that calls it.

create function nemo_private.caller_role()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(nullif(current_setting('role', true), ''), 'none'), session_user::text);
end
$$;
comment on function nemo_private.caller_role() is
  'The database role the request came in with, also inside security definer functions.';

create function nemo_private.request_header(name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  headers constant text := nullif(current_setting('request.headers', true), '');
begin
  -- A direct connection may have put anything into the setting; then there is no header.
  if headers is null or not pg_input_is_valid(headers, 'json') then
    return null;
  end if;
  return headers::json ->> lower(request_header.name);
end
$$;
comment on function nemo_private.request_header(text) is 'A header of the REST request being served, or null; an empty one is there and empty.';

create function nemo_private.to_inet(value text)
returns inet
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not pg_input_is_valid(btrim(to_inet.value), 'inet') then
    return null;
  end if;
  return btrim(to_inet.value)::inet;
end
$$;
comment on function nemo_private.to_inet(text) is 'The address the text says, or null when it says none.';

create function nemo_private.to_uuid(value text)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not pg_input_is_valid(btrim(to_uuid.value), 'uuid') then
    return null;
  end if;
  return btrim(to_uuid.value)::uuid;
end
$$;
comment on function nemo_private.to_uuid(text) is 'The uuid the text says, or null when it says none.';

create function nemo_private.current_user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  case nemo_private.caller_role()
    when 'authenticated' then return auth.uid();
    when 'service_role' then return nemo_private.to_uuid(nemo_private.request_header('x-nemo-acting-user'));
    else return null;
  end case;
end
$$;
comment on function nemo_private.current_user_id() is
  'The person asking, or the person the service role says it acts for; null for the system and the gateway.';

create function nemo_private.is_system()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  case nemo_private.caller_role()
    -- A service role call that names an acting user must never fall back to full rights, even when the
    -- name is nonsense or empty: hence the test on the header itself and not on what it parses to.
    when 'service_role' then return nemo_private.request_header('x-nemo-acting-user') is null;
    when 'postgres', 'supabase_admin' then return true;
    else return false;
  end case;
end
$$;
comment on function nemo_private.is_system() is
  'True for the service role acting for nobody and for the database owner: operators, scheduled jobs, migrations.';

create function nemo_private.client_ip()
returns inet
language plpgsql
stable
set search_path = ''
as $$
declare
  said text;
begin
  if nemo_private.caller_role() = 'service_role' then
    said := nemo_private.request_header('x-nemo-client-ip');
  end if;
  -- The proxy in front of hosted projects sets cf-connecting-ip whatever a client sent. In x-forwarded-for the first
  -- address is what a proxy saw, or what a client claimed to one that passes it on: evidence, never a credential. What
  -- is no address is passed over, so that nobody hides theirs behind a word.
  said := coalesce(said, concat_ws(',', nemo_private.request_header('cf-connecting-ip'), nemo_private.request_header('x-forwarded-for')));
  return (select nemo_private.to_inet(word) from string_to_table(said, ',') with ordinality as words (word, place)
          where nemo_private.to_inet(word) is not null order by place limit 1);
end
$$;
comment on function nemo_private.client_ip() is 'The address the request came from, as far as the request says: the first in what an edge function passes on, else in the proxy''s and the client''s headers.';

create function nemo_private.client_agent()
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  agent text;
begin
  if nemo_private.caller_role() = 'service_role' then
    agent := nullif(nemo_private.request_header('x-nemo-client-agent'), '');
  end if;
  return left(regexp_replace(coalesce(agent, nullif(nemo_private.request_header('user-agent'), '')), '[\x01-\x1f\x7f]', ' ', 'g'), 512);
end
$$;
comment on function nemo_private.client_agent() is 'The user agent of the request, at most 512 characters.';

revoke execute on all functions in schema nemo_private from public;
