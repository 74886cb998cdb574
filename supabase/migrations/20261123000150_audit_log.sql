-- What was done, by whom, from where: written in the same transaction as the change, never changed after.
-- Entries of one organization form a chain: each holds the hash of the one before it, so that an entry that
-- is altered or taken out shows. See verify_audit_chain.

create table nemo.audit_log (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  sequence bigint not null check (sequence > 0),
  occurred_at timestamptz not null,
  action text not null references nemo_private.audit_actions (action),
  actor_kind text not null check (actor_kind in ('user', 'api_key', 'system')),
  actor_id uuid,
  actor_name text,
  ip inet,
  user_agent text,
  target_kind text not null,
  target_id text not null,
  template_id text,
  before jsonb,
  after jsonb,
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (organization_id, sequence),
  check ((actor_kind = 'system') = (actor_id is null))
);
comment on table nemo.audit_log is 'Append-only record of every change, hash-chained per organization.';
comment on column nemo.audit_log.organization_id is 'The organization whose chain this entry belongs to.';
comment on column nemo.audit_log.sequence is 'Place in the chain, from 1 without gaps until retention removes some.';
comment on column nemo.audit_log.occurred_at is 'When it happened, by the database''s clock.';
comment on column nemo.audit_log.action is 'What was done, thing.verb, from a closed list.';
comment on column nemo.audit_log.actor_kind is 'user (a person), api_key (a program with a key) or system (a schedule, a guardrail, an operator).';
comment on column nemo.audit_log.actor_id is 'The person or key; null for the system.';
comment on column nemo.audit_log.actor_name is 'The person''s e-mail or the key''s name at that time, so that the entry stays readable when they are gone.';
comment on column nemo.audit_log.ip is 'Where the request came from, as far as it said.';
comment on column nemo.audit_log.user_agent is 'The program the request came from, as it named itself.';
comment on column nemo.audit_log.target_kind is 'What kind of thing was changed: template, version, api_key, …';
comment on column nemo.audit_log.target_id is 'Which thing was changed.';
comment on column nemo.audit_log.template_id is 'The template concerned, if one is. No foreign key: the entry stays when the template goes.';
comment on column nemo.audit_log.before is 'What it was before, where there was a before.';
comment on column nemo.audit_log.after is 'What it is now, or the diff.';
comment on column nemo.audit_log.previous_hash is 'The hash of the entry before this one; 64 zeros for the first.';
comment on column nemo.audit_log.hash is 'SHA-256 over previous_hash and the entry; see nemo_private.audit_hash.';

alter table nemo.audit_log enable row level security, force row level security;
create index audit_log_time_idx on nemo.audit_log (organization_id, occurred_at);
create index audit_log_template_idx on nemo.audit_log (organization_id, template_id, sequence) where template_id is not null;
create index audit_log_actor_idx on nemo.audit_log (organization_id, actor_id, sequence);
create index audit_log_action_idx on nemo.audit_log (action, organization_id, sequence);

create policy "admins read the audit log" on nemo.audit_log
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations('admin'))::uuid[]));
-- No insert, update or delete for anybody: entries are written by append_audit alone.
grant select on nemo.audit_log to authenticated, service_role;

-- The end of each chain. Its row lock puts the entries of one organization into one order, and it shows
-- when the newest entries have been taken off.
create table nemo_private.audit_heads (
  organization_id uuid primary key references nemo.organizations (id) on delete cascade,
  sequence bigint not null,
  hash text not null
);
comment on table nemo_private.audit_heads is 'The newest entry of each organization''s audit chain.';
comment on column nemo_private.audit_heads.organization_id is 'The organization.';
comment on column nemo_private.audit_heads.sequence is 'The newest entry''s place in the chain.';
comment on column nemo_private.audit_heads.hash is 'The newest entry''s hash.';
alter table nemo_private.audit_heads enable row level security, force row level security;

-- Entries that retention must not remove. Kept beside the log, because the log itself never changes.
create table nemo.audit_pins (
  organization_id uuid not null,
  sequence bigint not null,
  reason text not null check (length(reason) between 1 and 500),
  pinned_by uuid,
  pinned_at timestamptz not null default now(),
  primary key (organization_id, sequence),
  foreign key (organization_id, sequence) references nemo.audit_log (organization_id, sequence) on delete cascade
);
comment on table nemo.audit_pins is 'Audit entries kept as evidence, whatever their age.';
comment on column nemo.audit_pins.organization_id is 'The organization.';
comment on column nemo.audit_pins.sequence is 'The entry that is kept.';
comment on column nemo.audit_pins.reason is 'Why it is kept.';
comment on column nemo.audit_pins.pinned_by is 'Who pinned it; null for the system.';
comment on column nemo.audit_pins.pinned_at is 'When it was pinned.';
alter table nemo.audit_pins enable row level security, force row level security;
create policy "admins read which entries are pinned" on nemo.audit_pins
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations('admin'))::uuid[]));
grant select on nemo.audit_pins to authenticated, service_role;

-- Refuses what no grant allows anyway, so that a mistake of the owner's is refused as well. Two paths are
-- open, and both announce themselves in a setting of their own transaction: deleting a whole organization,
-- and audit retention.
create function nemo_private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' and current_setting('nemo.removal', true) = tg_argv[0] || ':' || (to_jsonb(old) ->> 'organization_id') then
    return old;
  end if;
  if tg_op = 'DELETE' and current_setting('nemo.removal', true) = 'organization:' || (to_jsonb(old) ->> 'organization_id') then
    return old;
  end if;
  perform nemo_private.fail('NM050', format('Rows of %I.%I cannot be changed or deleted.', tg_table_schema, tg_table_name),
    'Add a new one instead.');
  return null;
end
$$;
comment on function nemo_private.refuse_change() is
  'Keeps a table append-only (NM050). Its argument names the one other path, besides deleting the organization, on which rows may go.';

create trigger audit_log_append_only
  before update or delete on nemo.audit_log
  for each row execute function nemo_private.refuse_change('audit_retention');
create trigger audit_log_no_truncate
  before truncate on nemo.audit_log
  for each statement execute function nemo_private.refuse_change('none');

revoke execute on all functions in schema nemo_private from public;
