-- An immutable snapshot of a prompt. Nothing here is ever changed; a correction is a new version.

create table nemo.prompt_versions (
  organization_id uuid not null,
  template_id text not null,
  version integer not null check (version > 0),
  parent_version integer check (parent_version between 1 and version - 1),
  messages jsonb not null check (jsonb_typeof(messages) = 'array'),
  config jsonb not null default '{}' check (jsonb_typeof(config) = 'object'),
  contract jsonb not null default '{}' check (jsonb_typeof(contract) = 'object'),
  pins jsonb not null default '{}' check (jsonb_typeof(pins) = 'object'),
  note text not null default '' check (length(note) <= 2000),
  diff jsonb,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (template_id, version),
  -- Carries the tenant into every table that points at a version.
  unique (organization_id, template_id, version),
  foreign key (organization_id, template_id) references nemo.prompt_templates (organization_id, id) on delete cascade,
  foreign key (template_id, parent_version) references nemo.prompt_versions (template_id, version),
  check ((parent_version is null) = (diff is null))
);
comment on table nemo.prompt_versions is 'Immutable snapshots of prompts, numbered from 1 within their template.';
comment on column nemo.prompt_versions.organization_id is 'The organization it belongs to.';
comment on column nemo.prompt_versions.template_id is 'The template it is a version of.';
comment on column nemo.prompt_versions.version is '1, 2, 3, … within the template.';
comment on column nemo.prompt_versions.parent_version is 'The version it was made from; null for the first.';
comment on column nemo.prompt_versions.messages is '[{"role": "system" | "developer" | "user" | "assistant", "content": "Jinja2 source"}], in order.';
comment on column nemo.prompt_versions.config is 'Parameters of the chat completion that the caller may leave out: {"model", "temperature", "response_format", "tools", …}.';
comment on column nemo.prompt_versions.contract is 'Variables the prompt takes: {"variables": {name: {"type", "description", "default", "required", "example"}}, "variables_mode": "strict" | "lenient", "options": {"trim_blocks", "lstrip_blocks", "keep_trailing_newline"}}. All of it optional; the rest is derived from the source.';
comment on column nemo.prompt_versions.pins is 'Which versions of which templates its includes mean, decided when it was saved and never again: {name as written: {"template_id", "version"}}. Not part of content_hash and diff, which are about what the author wrote: two versions of one text may differ in their pins alone.';
comment on column nemo.prompt_versions.note is 'What changed and why, in the author''s words.';
comment on column nemo.prompt_versions.diff is 'Line diff from the parent''s text to this one''s (see nemo_private.version_text), as a structured patch: {"oldFileName", "newFileName", "oldHeader", "newHeader", "hunks": [{"oldStart", "oldLines", "newStart", "newLines", "lines"}]}. Null for the first version.';
comment on column nemo.prompt_versions.content_hash is 'SHA-256 hex of messages, config and contract; what a lint report is bound to.';
comment on column nemo.prompt_versions.created_by is 'The author; null for the system. No foreign key: history outlives accounts.';
comment on column nemo.prompt_versions.created_at is 'When it was saved.';

alter table nemo.prompt_versions enable row level security, force row level security;
create index prompt_versions_parent_idx on nemo.prompt_versions (template_id, parent_version);

create policy "members read versions of templates that are not deleted" on nemo.prompt_versions
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.prompt_versions to authenticated, service_role;

create trigger prompt_versions_append_only
  before update or delete on nemo.prompt_versions
  for each row execute function nemo_private.refuse_change('none');
create trigger prompt_versions_no_truncate
  before truncate on nemo.prompt_versions
  for each statement execute function nemo_private.refuse_change('none');

create function nemo_private.content_hash(messages jsonb, config jsonb, contract jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select nemo_private.sha256_hex(jsonb_build_array(messages, config, contract)::text)
$$;
comment on function nemo_private.content_hash(jsonb, jsonb, jsonb) is 'SHA-256 hex of a version''s content: two versions with the same hash say the same.';

create function nemo_private.require_version(template_id text, version integer)
returns nemo.prompt_versions
language plpgsql
stable
set search_path = ''
as $$
declare
  found_version nemo.prompt_versions;
begin
  select * into found_version from nemo.prompt_versions v
  where v.template_id = require_version.template_id and v.version = require_version.version;
  if found_version.template_id is null then
    perform nemo_private.fail('NM024', format('This template has no version %s.', coalesce(require_version.version::text, 'null')),
      'Choose one of the versions in its history.');
  end if;
  return found_version;
end
$$;
comment on function nemo_private.require_version(text, integer) is
  'The version, or NM024. Does not ask who is calling: require_template comes first.';

revoke execute on all functions in schema nemo_private from public;
