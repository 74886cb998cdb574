-- Putting labels on versions. A protected label is moved, unprotected and removed by admins alone. Applications ask for
-- a label by name and get what it points at, so a version must have passed the linter as for activation. Who asks for a
-- version by its number gets any: that is how a version is tried before it passes.

create function nemo_private.refuse_unlinted_label()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- An upsert comes here as an insert. What the label points at already is not asked about again.
  if not exists (select from nemo.prompt_labels l
                 where l.template_id = new.template_id and l.name = new.name and l.version = new.version) then
    perform nemo_private.require_passing_lint(nemo_private.require_version(new.template_id, new.version));
  end if;
  return new;
end
$$;
comment on function nemo_private.refuse_unlinted_label() is
  'Refuses to point a label at a version without a passing lint report (NM022), whoever writes the row.';

create trigger prompt_labels_need_lint
  before insert or update of version on nemo.prompt_labels
  for each row execute function nemo_private.refuse_unlinted_label();

create function nemo.set_label(template_id text, name text, version integer, protected boolean default null)
returns nemo.prompt_labels
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(set_label.template_id, 'member');
  checked text := nemo_private.check_slug(set_label.name, 'label');
  old_row nemo.prompt_labels;
  new_row nemo.prompt_labels;
begin
  if checked ~ '^v[0-9]+$' then
    perform nemo_private.fail('NM013', format('"%s" is not a label.', checked), 'v1, v2, … name versions; choose a word.');
  end if;
  perform nemo_private.require_version(template.id, set_label.version);
  select * into old_row from nemo.prompt_labels l where l.template_id = template.id and l.name = checked;
  if coalesce(old_row.protected, false) or coalesce(set_label.protected, false) then
    perform nemo_private.require_role(template.organization_id, 'admin', 'template');
  end if;
  insert into nemo.prompt_labels as l (organization_id, template_id, name, version, protected, updated_by)
  values (template.organization_id, template.id, checked, set_label.version, coalesce(set_label.protected, false), nemo_private.current_user_id())
  on conflict on constraint prompt_labels_pkey do update
  set version = excluded.version,
      protected = coalesce(set_label.protected, l.protected),
      updated_by = excluded.updated_by,
      updated_at = now()
  returning l.* into new_row;
  perform nemo_private.append_audit(new_row.organization_id, 'label.set', 'label', new_row.template_id || '@' || new_row.name, new_row.template_id,
    before => case when old_row.name is not null then jsonb_build_object('version', old_row.version, 'protected', old_row.protected) end,
    after => jsonb_build_object('version', new_row.version, 'protected', new_row.protected));
  perform nemo_private.broadcast(new_row.organization_id, 'label.changed',
    jsonb_build_object('template_id', new_row.template_id, 'label', new_row.name));
  return new_row;
end
$$;
comment on function nemo.set_label(text, text, integer, boolean) is
  'Puts a label on a version, or moves it there (member; admin when it is or becomes protected). protected left out keeps what it was. NM002, NM003, NM010–NM013 bad name, NM022 no passing lint report, NM023, NM024.';

create function nemo.remove_label(template_id text, name text)
returns nemo.prompt_labels
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(remove_label.template_id, 'member');
  label nemo.prompt_labels;
begin
  select * into label from nemo.prompt_labels l where l.template_id = template.id and l.name = remove_label.name;
  if label.name is null then
    perform nemo_private.fail('NM003', 'There is no such label.', 'Reload the template''s labels.');
  elsif label.protected then
    perform nemo_private.require_role(template.organization_id, 'admin', 'template');
  end if;
  delete from nemo.prompt_labels l where l.template_id = label.template_id and l.name = label.name;
  perform nemo_private.append_audit(label.organization_id, 'label.removed', 'label', label.template_id || '@' || label.name, label.template_id,
    before => jsonb_build_object('version', label.version, 'protected', label.protected));
  perform nemo_private.broadcast(label.organization_id, 'label.changed',
    jsonb_build_object('template_id', label.template_id, 'label', label.name));
  return label;
end
$$;
comment on function nemo.remove_label(text, text) is
  'Removes a label (member; admin when it is protected) and returns what it was. NM002, NM003, NM023.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.set_label(text, text, integer, boolean), nemo.remove_label(text, text) to authenticated, service_role;
