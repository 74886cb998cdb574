-- What a Supabase database holds before a project's first migration, reduced to what Nemo touches.
-- Run once by the superuser supabase_admin, in one transaction, so that an interrupted first start leaves
-- either all of it or nothing. Roles belong to the whole cluster; the rest belongs to this database.
-- auth-functions.sql follows it.

-- The owner of every migration. Not a superuser, as on hosted Supabase, so that a migration which asks
-- for too much is refused here as well.
create role postgres login createdb createrole replication bypassrls;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
alter role postgres set search_path = "$user", public, extensions;

-- The three roles a request can have. bypassrls lifts policies only: service_role still needs grants.
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
grant anon, authenticated, service_role to postgres with admin option;
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';

-- The login that PostgREST uses on hosted Supabase before it takes one of the three roles above.
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';

-- Owners of the platform's own schemas. postgres is not a member of them.
create role supabase_auth_admin login noinherit;
create role supabase_storage_admin login noinherit;
create role supabase_functions_admin login noinherit;
create role supabase_realtime_admin nologin noinherit;
create role dashboard_user nologin createdb createrole replication;

-- postgres owns the database and the schema public; API roles get nothing in public by themselves, which
-- is the default of new projects.
do $$ begin execute format('alter database %I owner to postgres', current_database()); end $$;
alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;

-- Extensions live in a schema of their own.
create schema extensions authorization postgres;
create extension pgcrypto schema extensions;
create extension "uuid-ossp" schema extensions;
create extension pg_stat_statements schema extensions;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on all routines in schema extensions to postgres with grant option;

-- Schemas that exist on every project and that Nemo leaves empty. Like auth and realtime below they belong
-- to supabase_admin: that is how `supabase db reset` tells the platform's schemas from the project's.
create schema graphql_public;
create schema storage;
create schema vault;
grant usage on schema graphql_public to postgres, anon, authenticated, service_role;
grant all on schema storage to supabase_storage_admin;
grant usage on schema storage, vault to postgres, service_role;

-- Auth. The table has the columns of hosted Supabase; only the Auth server writes it. postgres may refer
-- to it, read it and put triggers on it, but cannot create anything in the schema.
create schema auth;
grant all on schema auth to supabase_auth_admin;
create table auth.users (
  instance_id uuid,
  id uuid primary key,
  aud varchar(255),
  role varchar(255),
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text unique default null,
  phone_confirmed_at timestamptz,
  phone_change text default '',
  phone_change_token varchar(255) default '',
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current varchar(255) default '',
  email_change_confirm_status smallint default 0 check (email_change_confirm_status between 0 and 2),
  banned_until timestamptz,
  reauthentication_token varchar(255) default '',
  reauthentication_sent_at timestamptz,
  is_sso_user boolean not null default false,
  deleted_at timestamptz,
  is_anonymous boolean not null default false
);
create unique index users_email_partial_key on auth.users (email) where is_sso_user = false;
alter table auth.users owner to supabase_auth_admin;
alter table auth.users enable row level security;
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant all on all tables in schema auth to postgres;
alter default privileges for role supabase_auth_admin in schema auth grant all on tables to postgres;

-- Realtime: messages to be broadcast. Row level security on this table decides who may listen to a
-- private topic (select) and who may speak on it (insert). Hosted Supabase makes one partition a day;
-- a default partition is enough for one machine.
create schema realtime;
create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  primary key (id, inserted_at)
) partition by range (inserted_at);
create table realtime.messages_default partition of realtime.messages default;
create index messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;
alter table realtime.messages enable row level security;

-- The topic of the channel a policy is being asked about.
create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')::text
$$;

-- Queues one broadcast. As on hosted Supabase a failure is a warning and not an error, so that a message
-- nobody hears never undoes the change it announces.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
  message jsonb := case when payload ? 'id' then payload
                        else payload || jsonb_build_object('id', message_id) end;
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, message, event, topic, private, 'broadcast');
exception when others then
  raise warning 'ErrorSendingBroadcastMessage: %', sqlerrm;
end
$$;

-- Queues one broadcast that describes a changed row.
create function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  perform realtime.send(
    jsonb_build_object('old_record', old, 'record', new, 'operation', operation,
                       'table', table_name, 'schema', table_schema),
    event_name, topic_name);
end
$$;

grant usage on schema realtime to supabase_realtime_admin, postgres, anon, authenticated, service_role;
grant select, insert, update on realtime.messages to postgres, anon, authenticated, service_role;
alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages_default owner to supabase_realtime_admin;
alter function realtime.topic() owner to supabase_realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
alter function realtime.broadcast_changes(text, text, text, text, text, record, record, text)
  owner to supabase_realtime_admin;

-- On hosted Supabase an extension lets postgres create policies on realtime.messages without owning it.
-- Membership in the owner's role stands in for that; it is the one right that is wider here.
grant supabase_realtime_admin to postgres;

-- Realtime's publications: the first is the project's to fill, the second carries the broadcasts.
create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
create publication supabase_realtime_messages_publication for table realtime.messages
  with (publish = 'insert', publish_via_partition_root = true);
alter publication supabase_realtime_messages_publication owner to supabase_realtime_admin;
