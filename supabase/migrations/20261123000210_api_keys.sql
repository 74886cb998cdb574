-- Keys that programs show to the gateway. The secret is returned once; only its hash is kept, and apart from
-- the table people read.

create table nemo.api_keys (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  prefix text not null check (prefix ~ '^nemo_sk_[A-Za-z0-9_-]{6}$'),
  purpose text not null default 'program' check (purpose in ('program', 'playground')),
  default_template_id text,
  scopes text[] check (cardinality(scopes) between 1 and 1000),
  requests_per_minute integer check (requests_per_minute between 1 and 1000000),
  max_concurrency integer check (max_concurrency between 1 and 100000),
  monthly_budget_nanousd bigint check (monthly_budget_nanousd >= 0),
  expires_at timestamptz,
  last_used_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by uuid,
  unique (organization_id, id),
  foreign key (organization_id, default_template_id) references nemo.prompt_templates (organization_id, id)
    on delete set null (default_template_id)
);
comment on table nemo.api_keys is 'Keys for the gateway, without their secrets.';
comment on column nemo.api_keys.id is 'The key.';
comment on column nemo.api_keys.organization_id is 'The organization it speaks for.';
comment on column nemo.api_keys.name is 'What people call it.';
comment on column nemo.api_keys.prefix is 'The first characters of the secret, to recognise it by.';
comment on column nemo.api_keys.purpose is 'program: a person made it for a program. playground: the dashboard''s own, whose secret nobody holds; what was asked with it is no traffic to plan with or to replay.';
comment on column nemo.api_keys.default_template_id is 'The template used when a request names none; null passes such requests untouched.';
comment on column nemo.api_keys.scopes is 'Ids of the templates it may use; null means all of the organization''s.';
comment on column nemo.api_keys.requests_per_minute is 'How many requests it may make in a minute; null means no limit.';
comment on column nemo.api_keys.max_concurrency is 'How many requests it may have under way at once; null means no limit.';
comment on column nemo.api_keys.monthly_budget_nanousd is 'What it may cost in a calendar month (UTC), in billionths of a US dollar; null means no limit.';
comment on column nemo.api_keys.expires_at is 'From then on it is refused; null means never.';
comment on column nemo.api_keys.last_used_at is 'When it was last used, to the minute: written at most once a minute, not per request.';
comment on column nemo.api_keys.created_by is 'Who made it; null for the system.';
comment on column nemo.api_keys.created_at is 'When it was made.';
comment on column nemo.api_keys.revoked_at is 'When it was revoked; from then on it is refused.';
comment on column nemo.api_keys.revoked_by is 'Who revoked it.';

alter table nemo.api_keys enable row level security, force row level security;
create unique index api_keys_playground_idx on nemo.api_keys (organization_id) where purpose = 'playground';
create index api_keys_default_template_idx on nemo.api_keys (organization_id, default_template_id);

-- Names and prefixes are for everyone who reads logs; making and revoking keys is for admins.
create policy "members read keys without their secrets" on nemo.api_keys
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.api_keys to authenticated, service_role;

create table nemo_private.api_key_hashes (
  key_hash text primary key check (key_hash ~ '^[0-9a-f]{64}$'),
  api_key_id uuid not null unique references nemo.api_keys (id) on delete cascade
);
comment on table nemo_private.api_key_hashes is 'Hashes of key secrets: what the gateway looks a key up by.';
comment on column nemo_private.api_key_hashes.key_hash is 'SHA-256 of the whole secret, hexadecimal.';
comment on column nemo_private.api_key_hashes.api_key_id is 'The key.';
alter table nemo_private.api_key_hashes enable row level security, force row level security;
