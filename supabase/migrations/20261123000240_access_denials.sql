-- Attempts on an organization's things from outside it. They are counted for the organization that was
-- protected, not for the one that asked: a count that rose for the asker would tell it that the id exists.

create table nemo.access_denials (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  template_id text,
  source text not null check (source in ('gateway', 'function', 'rpc')),
  attempts integer not null default 1 check (attempts > 0),
  created_at timestamptz not null default clock_timestamp(),
  foreign key (organization_id, template_id) references nemo.prompt_templates (organization_id, id) on delete cascade
);
comment on table nemo.access_denials is 'Refused attempts from other organizations on what this organization has. Says nothing about who asked.';
comment on column nemo.access_denials.id is 'The attempt.';
comment on column nemo.access_denials.organization_id is 'The organization that was protected.';
comment on column nemo.access_denials.template_id is 'The template that was asked for; null when it was the organization itself or something else in it.';
comment on column nemo.access_denials.source is 'gateway, function (an edge function of the dashboard) or rpc (a function of the database).';
comment on column nemo.access_denials.attempts is 'How many attempts the row stands for: 1, or the rest of a flood.';
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

revoke execute on all functions in schema nemo_private from public;
