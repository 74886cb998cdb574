-- A name that points at a version, such as "staging": what model "nemo/<template>@<label>" serves. Labels move;
-- a protected one moves only by an admin's hand.

create table nemo.prompt_labels (
  organization_id uuid not null,
  template_id text not null,
  name text not null check (nemo_private.is_slug(name) and name !~ '^v[0-9]+$'),
  version integer not null,
  protected boolean not null default false,
  updated_by uuid,
  updated_at timestamptz not null default now(),
  primary key (template_id, name),
  foreign key (organization_id, template_id, version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade
);
comment on table nemo.prompt_labels is 'Movable names for versions of a template.';
comment on column nemo.prompt_labels.organization_id is 'The organization it belongs to.';
comment on column nemo.prompt_labels.template_id is 'The template.';
comment on column nemo.prompt_labels.name is 'The label; not v1, v2, …, which name versions.';
comment on column nemo.prompt_labels.version is 'The version it points at.';
comment on column nemo.prompt_labels.protected is 'True when only admins may move or remove it.';
comment on column nemo.prompt_labels.updated_by is 'Who last moved it; null for the system.';
comment on column nemo.prompt_labels.updated_at is 'When it last moved.';

alter table nemo.prompt_labels enable row level security, force row level security;
create index prompt_labels_version_idx on nemo.prompt_labels (organization_id, template_id, version);

create policy "members read labels of templates that are not deleted" on nemo.prompt_labels
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.prompt_labels to authenticated, service_role;
