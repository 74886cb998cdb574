-- Making, describing, deleting and restoring templates.

create function nemo_private.refuse_taken_name(name text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  perform nemo_private.fail('NM017', format('A template named "%s" already exists.', refuse_taken_name.name),
    'Choose another name, or delete the other template first.');
end
$$;
comment on function nemo_private.refuse_taken_name(text) is 'Says that the organization has a template of this name (NM017).';

create function nemo_private.check_tags(tags text[])
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  tag text;
  checked text[] := '{}'::text[];
begin
  if coalesce(cardinality(check_tags.tags), 0) > 20 then
    perform nemo_private.fail('NM015', 'A template may have at most 20 tags.', 'Remove some.');
  end if;
  foreach tag in array coalesce(check_tags.tags, '{}') loop
    tag := nemo_private.check_text(tag, 'tag', 40, required => true);
    if not tag = any (checked) then
      checked := checked || tag;
    end if;
  end loop;
  return checked;
end
$$;
comment on function nemo_private.check_tags(text[]) is 'At most 20 tags of at most 40 characters, each once. NM010–NM012, NM015.';

create function nemo_private.announce_template(template nemo.prompt_templates, action text, before jsonb default null, after jsonb default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.append_audit(template.organization_id, announce_template.action, 'template', template.id, template.id,
    before => announce_template.before, after => announce_template.after);
  perform nemo_private.broadcast(template.organization_id, 'template.changed', jsonb_build_object('template_id', template.id));
end
$$;
comment on function nemo_private.announce_template(nemo.prompt_templates, text, jsonb, jsonb) is
  'Writes the audit entry of a change to a template and tells open dashboards.';

create function nemo.create_template(
  organization_id uuid,
  name text,
  description text default '',
  tags text[] default '{}'
)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  made nemo.prompt_templates;
begin
  perform nemo_private.require_role(create_template.organization_id, 'member');
  perform nemo_private.hold_organization(create_template.organization_id);
  insert into nemo.prompt_templates (organization_id, name, description, tags, created_by)
  values (
    create_template.organization_id,
    nemo_private.check_slug(create_template.name, 'template name'),
    nemo_private.check_text(create_template.description, 'description', 2000),
    nemo_private.check_tags(create_template.tags),
    nemo_private.current_user_id())
  -- The only other unique value is the random id, so a conflict is one of names.
  on conflict do nothing
  returning * into made;
  if made.id is null then
    perform nemo_private.refuse_taken_name(create_template.name);
  end if;
  perform nemo_private.announce_template(made, 'template.created',
    after => jsonb_build_object('name', made.name, 'description', made.description, 'tags', made.tags));
  return made;
end
$$;
comment on function nemo.create_template(uuid, text, text, text[]) is
  'Makes a template without versions (member). NM002, NM003, NM010–NM013 bad name or text, NM015 tags, NM017 name taken.';

create function nemo.update_template(template_id text, description text default null, tags text[] default null)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  old_row nemo.prompt_templates := nemo_private.require_template(update_template.template_id, 'member');
  new_row nemo.prompt_templates;
begin
  update nemo.prompt_templates t
  set description = case when update_template.description is null then t.description
        else nemo_private.check_text(update_template.description, 'description', 2000) end,
      tags = case when update_template.tags is null then t.tags else nemo_private.check_tags(update_template.tags) end,
      updated_at = now()
  where t.id = old_row.id
  returning * into new_row;
  perform nemo_private.announce_template(new_row, 'template.updated',
    before => jsonb_build_object('description', old_row.description, 'tags', old_row.tags),
    after => jsonb_build_object('description', new_row.description, 'tags', new_row.tags));
  return new_row;
end
$$;
comment on function nemo.update_template(text, text, text[]) is
  'Changes description or tags; what is not given stays (member). The name cannot change, because callers use it. NM002, NM003, NM010–NM012, NM015, NM023.';

create function nemo.delete_template(template_id text)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(delete_template.template_id, 'admin');
begin
  update nemo.prompt_templates t set deleted_at = now(), updated_at = now()
  where t.id = template.id returning * into template;
  perform nemo_private.announce_template(template, 'template.deleted',
    before => jsonb_build_object('name', template.name, 'active_version', template.active_version));
  return template;
end
$$;
comment on function nemo.delete_template(text) is
  'Hides a template from API, gateway and dashboard; versions and audit are kept (admin). NM002, NM003, NM023 already deleted.';

create function nemo.restore_template(template_id text)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(restore_template.template_id, 'admin', deleted => true);
begin
  if template.deleted_at is null then
    return template;
  end if;
  update nemo.prompt_templates t set deleted_at = null, updated_at = now()
  where t.id = template.id returning * into template;
  perform nemo_private.announce_template(template, 'template.restored',
    after => jsonb_build_object('name', template.name, 'active_version', template.active_version));
  return template;
exception
  when unique_violation then
    perform nemo_private.refuse_taken_name(template.name);
    return null;
end
$$;
comment on function nemo.restore_template(text) is
  'Undoes delete_template: the template is as it was, its active version served again (admin). NM002, NM003, NM017 when another template took the name.';

create function nemo.deleted_templates(organization_id uuid)
returns setof nemo.prompt_templates
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(deleted_templates.organization_id, 'admin');
  return query
    select t.* from nemo.prompt_templates t
    where t.organization_id = deleted_templates.organization_id and t.deleted_at is not null
    order by t.deleted_at desc;
end
$$;
comment on function nemo.deleted_templates(uuid) is 'Templates that restore_template can bring back, newest first (admin). NM002, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.create_template(uuid, text, text, text[]), nemo.update_template(text, text, text[]),
  nemo.delete_template(text), nemo.restore_template(text), nemo.deleted_templates(uuid)
  to authenticated, service_role;
