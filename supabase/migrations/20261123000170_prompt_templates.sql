-- A named prompt. Its text lives in versions; the row points at the one that is served.

create table nemo.prompt_templates (
  id text primary key default 'tpl_' || encode(extensions.gen_random_bytes(12), 'hex')
    check (id ~ '^tpl_[0-9a-z]{8,64}$'),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  name text not null check (nemo_private.is_slug(name)),
  description text not null default '' check (length(description) <= 2000),
  tags text[] not null default '{}' check (cardinality(tags) <= 20),
  active_version integer,
  active_since timestamptz,
  latest_version integer not null default 0 check (latest_version >= 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (organization_id, id),
  -- Versions are counted from 1 without a gap and never deleted, so this one exists. A foreign key as well would be a
  -- second relation between the two tables, and REST refuses to embed what it could embed in two ways.
  check (active_version is null or active_version between 1 and latest_version),
  check ((active_version is null) = (active_since is null))
);
comment on table nemo.prompt_templates is 'Named prompts. Each has a linear chain of versions and at most one active version.';
comment on column nemo.prompt_templates.id is 'tpl_ and random characters; never reused.';
comment on column nemo.prompt_templates.organization_id is 'The organization it belongs to.';
comment on column nemo.prompt_templates.name is 'The slug callers write in model "nemo/<name>"; unique among the organization''s templates that are not deleted.';
comment on column nemo.prompt_templates.description is 'What it is for, in a sentence or two.';
comment on column nemo.prompt_templates.tags is 'Words people filter by.';
comment on column nemo.prompt_templates.active_version is 'The version that is served; null serves nothing.';
comment on column nemo.prompt_templates.active_since is 'When the active version became active.';
comment on column nemo.prompt_templates.latest_version is 'The highest version number; 0 before the first is saved.';
comment on column nemo.prompt_templates.created_by is 'Who made it. No foreign key: history outlives accounts.';
comment on column nemo.prompt_templates.created_at is 'When it was made.';
comment on column nemo.prompt_templates.updated_at is 'When the row last changed; a new version counts.';
comment on column nemo.prompt_templates.deleted_at is 'When it was deleted. A deleted template is hidden from everything but restore_template.';

alter table nemo.prompt_templates enable row level security, force row level security;
-- A deleted template frees its name; restoring it is refused while another holds the name.
create unique index prompt_templates_name_idx on nemo.prompt_templates (organization_id, name) where deleted_at is null;
create index prompt_templates_recent_idx on nemo.prompt_templates (organization_id, updated_at desc);
create index prompt_templates_deleted_idx on nemo.prompt_templates (organization_id) where deleted_at is not null;

create policy "members read templates that are not deleted" on nemo.prompt_templates
  for select to authenticated
  using (deleted_at is null and organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.prompt_templates to authenticated, service_role;

-- What belongs to a deleted template is hidden with it. The list is short and is made once per statement.
create function nemo_private.my_deleted_templates()
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  mine uuid[] := nemo_private.my_organizations();
begin
  return array(
    select t.id from nemo.prompt_templates t
    where t.organization_id = any (mine) and t.deleted_at is not null);
end
$$;
comment on function nemo_private.my_deleted_templates() is
  'Deleted templates of the caller''s organizations. Policies of tables below a template leave their rows out.';

create function nemo_private.require_template(template_id text, min_role text, deleted boolean default false)
returns nemo.prompt_templates
language plpgsql
set search_path = ''
as $$
declare
  template nemo.prompt_templates;
begin
  -- Membership is checked before the row is locked, so a stranger cannot hold up someone else's template.
  select * into template from nemo.prompt_templates t where t.id = require_template.template_id;
  perform nemo_private.require_role(template.organization_id, require_template.min_role, 'template', template.id);
  perform nemo_private.hold_organization(template.organization_id);
  select * into template from nemo.prompt_templates t where t.id = require_template.template_id for no key update;
  if not require_template.deleted and template.deleted_at is not null then
    perform nemo_private.fail('NM023', 'This template is deleted.', 'An admin can restore it with restore_template.');
  end if;
  return template;
end
$$;
comment on function nemo_private.require_template(text, text, boolean) is
  'The template, locked for this transaction, if the caller has at least this role in its organization. NM003 when missing or foreign, NM002 when the role is too low, NM023 when deleted.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.my_deleted_templates() to authenticated;
