-- Every activation with how long it took: what the library page's p50 and p95 are computed from. The audit
-- log has the same event, but only admins read that.

create table nemo.activations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  template_id text not null,
  version integer not null,
  previous_version integer,
  duration_us integer not null check (duration_us >= 0),
  activated_by uuid,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (organization_id, template_id, version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade
);
comment on table nemo.activations is 'Activations of versions, with how long each took inside the database.';
comment on column nemo.activations.id is 'The activation.';
comment on column nemo.activations.organization_id is 'The organization it belongs to.';
comment on column nemo.activations.template_id is 'The template.';
comment on column nemo.activations.version is 'The version that became active.';
comment on column nemo.activations.previous_version is 'The version it replaced; null when none was active.';
comment on column nemo.activations.duration_us is 'Microseconds from the arrival of the call until everything was written, at most 30 s; the commit comes on top.';
comment on column nemo.activations.activated_by is 'Who activated it; null for the system.';
comment on column nemo.activations.created_at is 'When it was activated.';

alter table nemo.activations enable row level security, force row level security;
create index activations_time_idx on nemo.activations (organization_id, created_at desc);
create index activations_version_idx on nemo.activations (organization_id, template_id, version);

create policy "members read activations of templates that are not deleted" on nemo.activations
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.activations to authenticated, service_role;
