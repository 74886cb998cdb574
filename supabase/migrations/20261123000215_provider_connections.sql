-- An organization's own providers: where they are, and (apart, readable by nobody) the keys to them.
--
-- The database never sees a key. The edge function `providers` seals it with a key of its own environment before
-- it arrives here, and the functions that send requests open it again. What is stored is of use to nobody who
-- has only the database.

create table nemo.provider_connections (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  name text not null check (nemo_private.is_slug(name) and name not in ('platform', 'nemo')),
  base_url text not null check (length(base_url) <= 500 and base_url ~ '^https?://[^/?#@\s]+(/[^?#\s]*)?$' and base_url !~ '/$'),
  models text[] not null default '{}' check (cardinality(models) <= 100),
  fallbacks text[] not null default '{}' check (cardinality(fallbacks) <= 5),
  key_hint text check (length(key_hint) <= 4),
  enabled boolean not null default true,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, name)
);
comment on table nemo.provider_connections is 'Providers an organization brings itself: any OpenAI-compatible base URL. Their keys are in nemo_private.provider_keys, which no role of the API can read.';
comment on column nemo.provider_connections.id is 'The connection.';
comment on column nemo.provider_connections.organization_id is 'Whose it is.';
comment on column nemo.provider_connections.name is 'What versions, models (name/model) and logs call it. It never changes, because versions that name it never do. "platform" is the operator''s provider.';
comment on column nemo.provider_connections.base_url is 'Up to and with /v1, without a slash at its end. Checked before every use: see docs/providers.md.';
comment on column nemo.provider_connections.models is 'Models that go here when a request names them alone, as names or beginnings ending in "*".';
comment on column nemo.provider_connections.fallbacks is 'What is tried next, in order, when this provider cannot be reached, is too busy or fails: names of connections or "platform", each alone or followed by /model.';
comment on column nemo.provider_connections.key_hint is 'The key''s last four characters, to recognise it by; null without a key.';
comment on column nemo.provider_connections.enabled is 'False: it answers nothing until it is enabled again.';
comment on column nemo.provider_connections.created_by is 'Who made it; null for the system.';
comment on column nemo.provider_connections.created_at is 'When it was made.';
comment on column nemo.provider_connections.updated_at is 'When it was last changed.';

alter table nemo.provider_connections enable row level security, force row level security;
-- Everyone who edits a prompt or reads a log needs the names. Changing them is for admins.
create policy "members read connections without their keys" on nemo.provider_connections
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.provider_connections to authenticated, service_role;

create table nemo_private.provider_keys (
  connection_id uuid primary key references nemo.provider_connections (id) on delete cascade,
  sealed_key text not null check (length(sealed_key) <= 10000 and sealed_key ~ '^v1(\.[A-Za-z0-9_-]+){5}$'),
  sealed_at timestamptz not null default now()
);
comment on table nemo_private.provider_keys is 'Keys of provider connections, encrypted outside the database. No role of the API may read this table; the gateway gets a row only for a request whose key belongs to the same organization.';
comment on column nemo_private.provider_keys.connection_id is 'The connection.';
comment on column nemo_private.provider_keys.sealed_key is 'v1.<id of the encryption key>.<nonce>.<wrapped data key>.<nonce>.<encrypted key>, AES-256-GCM, bound to connection, organization and origin of the base URL; see _shared/server/secrets/key-ring.ts.';
comment on column nemo_private.provider_keys.sealed_at is 'When it was encrypted.';
alter table nemo_private.provider_keys enable row level security, force row level security;

-- How a function that acts for a person gets at a key: the person's right is checked when the ticket is drawn, and
-- the ticket works once, for a minute.
create unlogged table nemo_private.provider_tickets (
  ticket uuid primary key default gen_random_uuid(),
  connection_id uuid not null references nemo.provider_connections (id) on delete cascade,
  expires_at timestamptz not null default now() + interval '1 minute'
);
comment on table nemo_private.provider_tickets is 'Permissions to use one connection''s key once, each for a minute.';
comment on column nemo_private.provider_tickets.ticket is 'The permission.';
comment on column nemo_private.provider_tickets.connection_id is 'The connection.';
comment on column nemo_private.provider_tickets.expires_at is 'From then on it is worth nothing.';
create index provider_tickets_connection_idx on nemo_private.provider_tickets (connection_id);
alter table nemo_private.provider_tickets enable row level security, force row level security;
