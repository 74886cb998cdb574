-- Attempts on an organization's things from outside it. They are counted for the organization that was
-- protected, not for the one that asked: a count that rose for the asker would tell it that the id exists.

create table nemo.access_denials (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  template_id text,
  source text not null check (source in ('gateway', 'function', 'rpc')),
  created_at timestamptz not null default clock_timestamp(),
  foreign key (organization_id, template_id) references nemo.prompt_templates (organization_id, id) on delete cascade
);
comment on table nemo.access_denials is 'Refused attempts from other organizations on what this organization has. Says nothing about who asked.';
comment on column nemo.access_denials.id is 'The attempt.';
comment on column nemo.access_denials.organization_id is 'The organization that was protected.';
comment on column nemo.access_denials.template_id is 'The template that was asked for; null when it was the organization itself or something else in it.';
comment on column nemo.access_denials.source is 'gateway, function (an edge function of the dashboard) or rpc (a function of the database).';
comment on column nemo.access_denials.created_at is 'When it was refused; of an rpc, when it was collected, which is within minutes.';

alter table nemo.access_denials enable row level security, force row level security;
create index access_denials_time_idx on nemo.access_denials (organization_id, created_at desc);
create index access_denials_template_idx on nemo.access_denials (organization_id, template_id);

create policy "members read denied attempts on what is theirs" on nemo.access_denials
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.access_denials to authenticated, service_role;

-- Who asked: for the operator's eyes only, because to the tenant it is another tenant's data.
create table nemo_private.access_denial_origins (
  denial_id uuid primary key references nemo.access_denials (id) on delete cascade,
  asking_organization_id uuid,
  asking_key_id uuid,
  asking_user_id uuid
);
comment on table nemo_private.access_denial_origins is 'Who made a refused attempt. Readable by the operator, not by any tenant.';
comment on column nemo_private.access_denial_origins.denial_id is 'The attempt.';
comment on column nemo_private.access_denial_origins.asking_organization_id is 'The organization whose key or member asked.';
comment on column nemo_private.access_denial_origins.asking_key_id is 'The key that asked, if a key did.';
comment on column nemo_private.access_denial_origins.asking_user_id is 'The person who asked, if a person did.';
alter table nemo_private.access_denial_origins enable row level security, force row level security;

create function nemo_private.record_denial(
  template_id text,
  source text,
  asking_organization_id uuid default null,
  asking_key_id uuid default null,
  asking_user_id uuid default null
)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  denial uuid;
begin
  insert into nemo.access_denials (organization_id, template_id, source)
  select t.organization_id, t.id, record_denial.source
  from nemo.prompt_templates t
  where t.id = record_denial.template_id
    and t.organization_id is distinct from record_denial.asking_organization_id
    and not exists (
      select from nemo.memberships m
      where m.organization_id = t.organization_id and m.user_id = record_denial.asking_user_id
    )
  returning id into denial;
  if denial is null then
    return false;
  end if;
  insert into nemo_private.access_denial_origins (denial_id, asking_organization_id, asking_key_id, asking_user_id)
  values (denial, record_denial.asking_organization_id, record_denial.asking_key_id, record_denial.asking_user_id);
  return true;
end
$$;
comment on function nemo_private.record_denial(text, text, uuid, uuid, uuid) is
  'Counts a refused attempt if the template exists and belongs to another organization than the asker''s; false otherwise. Never raises, so that the caller can answer the same 404 as for a missing template.';

-- A refused call of a database function rolls back, and a row about it would be rolled back with it. What a rolled
-- back transaction does leave behind is the value of a sequence. So a refusal is noted in a ring of sequences, and
-- collect_denials makes rows of them: when the library's totals are read, and with the gateway's housekeeping.
-- The ring holds 64 refusals; of more than that between two collections the oldest are not counted. Calls that
-- only read come in transactions that may write nothing at all, so their refusals are not counted either.

create function nemo_private.short_hash(thing text)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select hashtextextended(short_hash.thing, 0) & x'ffffffffffff'::bigint
$$;
comment on function nemo_private.short_hash(text) is '48 bits of a hash of an id: what a slot of the ring has room for.';
create index prompt_templates_short_hash_idx on nemo.prompt_templates (nemo_private.short_hash(id));
create index organizations_short_hash_idx on nemo.organizations (nemo_private.short_hash(id::text));

create sequence nemo_private.denials_noted;
do $$
begin
  for slot in 0 .. 63 loop
    execute format('create sequence nemo_private.denial_slot_%s minvalue 0', slot);
  end loop;
end
$$;

create table nemo_private.denials_collected (
  only_row boolean primary key default true check (only_row),
  reached bigint not null
);
comment on table nemo_private.denials_collected is 'How far the ring of noted refusals has been made into rows.';
comment on column nemo_private.denials_collected.only_row is 'There is one row.';
comment on column nemo_private.denials_collected.reached is 'The number of the last refusal that was collected.';
alter table nemo_private.denials_collected enable row level security, force row level security;
insert into nemo_private.denials_collected (reached) values (0);

create function nemo_private.note_denial(thing_id text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  place bigint;
begin
  if note_denial.thing_id is null or current_setting('transaction_read_only')::boolean then
    return;
  end if;
  place := nextval('nemo_private.denials_noted');
  -- The lower 15 bits say in which round of the ring the slot was written.
  perform setval(format('nemo_private.denial_slot_%s', place % 64)::regclass,
    (nemo_private.short_hash(note_denial.thing_id) << 15) | (place / 64 % 32768));
end
$$;
comment on function nemo_private.note_denial(text) is
  'Notes, past the rollback that follows, that a thing was asked for by somebody outside its organization: a template''s or an organization''s id. Whether there is such a thing is found out later.';

create function nemo_private.collect_denials()
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  done bigint;
  noted bigint;
  slot bigint;
begin
  if current_setting('transaction_read_only')::boolean then
    return;
  end if;
  select c.reached into done from nemo_private.denials_collected c for no key update skip locked;
  select s.last_value into noted from nemo_private.denials_noted s where s.is_called;
  -- Nothing to do, or somebody else is doing it.
  if done is null or noted is null or done = noted then
    return;
  end if;
  for place in greatest(done, noted - 64) + 1 .. noted loop
    execute format('select s.last_value from nemo_private.denial_slot_%s s', place % 64) into slot;
    -- Of another round: being written at this moment, so it waits for the next collection.
    exit when slot & 32767 <> place / 64 % 32768;
    insert into nemo.access_denials (organization_id, template_id, source)
    select o.id, t.id, 'rpc'
    from nemo.prompt_templates t join nemo.organizations o on o.id = t.organization_id
    where nemo_private.short_hash(t.id) = slot >> 15
    for key share of o;
    if not found then
      insert into nemo.access_denials (organization_id, source)
      select o.id, 'rpc' from nemo.organizations o
      where nemo_private.short_hash(o.id::text) = slot >> 15
      for key share of o;
    end if;
    done := place;
  end loop;
  update nemo_private.denials_collected c set reached = done;
end
$$;
comment on function nemo_private.collect_denials() is 'Makes rows of the refusals that were noted since the last time.';

revoke execute on all functions in schema nemo_private from public;

-- Every minute where the project has pg_cron; elsewhere the gateway's housekeeping does it.
do $$
begin
  if exists (select from pg_catalog.pg_extension where extname = 'pg_cron') then
    execute $cron$ select cron.schedule('nemo-denials', '* * * * *', 'select nemo_private.collect_denials()') $cron$;
  end if;
end
$$;
