-- The two schemas everything else lives in, and who may enter them.
--
-- `nemo` is exposed over REST: tables people read under row level security, and the functions they call.
-- `nemo_private` is not exposed: helpers, hashes of secrets, closed lists.
--
-- Rules for every migration after this one:
-- * Nobody but the owner writes a table directly. Every change is a function, because every change also
--   writes an audit row, and both must commit together. So the API roles get `select` and nothing more.
-- * Postgres lets PUBLIC execute each new function. A file that makes functions therefore ends with the
--   revoke below and then grants each function by name.
-- * `security definer` is for the doors alone: functions that somebody may call, and triggers on tables of others.
--   What they call has their rights already.
-- * Nothing is granted to `anon`: it may not even enter the schemas.

create schema nemo;
comment on schema nemo is 'What a team keeps in Nemo. Exposed over REST; every table is under row level security.';

create schema nemo_private;
comment on schema nemo_private is 'Helpers and hashes of secrets. Never exposed over REST.';

revoke all on schema nemo, nemo_private from public;
grant usage on schema nemo to authenticated, service_role;
-- Row level security policies call helpers in here, so people who read rows must be able to enter.
grant usage on schema nemo_private to authenticated, service_role;

-- The role the gateway logs in as. It may execute the gateway's own functions and nothing else: no table,
-- no function meant for people. A role belongs to the whole cluster and survives a database reset, hence
-- the guard. It gets its password outside migrations, where no secret can end up in version control.
do $$
begin
  create role nemo_gateway nologin noinherit;
exception
  when duplicate_object then null;
end
$$;
-- Lets the owner act as the gateway, which tests and operators need to check what it can reach.
grant nemo_gateway to postgres;
grant usage on schema nemo_private to nemo_gateway;
