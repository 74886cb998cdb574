-- Making, renaming and deleting organizations.

create function nemo_private.make_organization(name text, owner uuid)
returns nemo.organizations
language plpgsql
set search_path = ''
as $$
declare
  made nemo.organizations;
begin
  insert into nemo.organizations (name, created_by) values (make_organization.name, make_organization.owner)
  returning * into made;
  insert into nemo.memberships (organization_id, user_id, role) values (made.id, make_organization.owner, 'owner');
  -- Named explicitly: at sign-up there is no session yet that would say who acts.
  perform nemo_private.append_audit(made.id, 'organization.created', 'organization', made.id::text,
    after => jsonb_build_object('name', made.name), actor_kind => 'user', actor_id => make_organization.owner);
  return made;
end
$$;
comment on function nemo_private.make_organization(text, uuid) is 'An organization with its first owner and its first audit entry.';

create function nemo.create_organization(name text)
returns nemo.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
  person uuid := nemo_private.current_user_id();
  checked text := nemo_private.check_text(create_organization.name, 'name', 100, required => true);
begin
  -- A token outlives the account for a quarter of an hour.
  if not exists (select from auth.users u where u.id = person and u.deleted_at is null) then
    perform nemo_private.fail('NM001', 'Nobody is signed in.', 'Sign in and send the access token with the request.');
  end if;
  -- Every organization comes with credit, so one person cannot make them without end. The lock makes two
  -- simultaneous calls count one after the other.
  perform pg_advisory_xact_lock(hashtextextended('nemo.create_organization:' || person, 0));
  if (select count(*) from nemo.organizations o where o.created_by = person) >= 100 then
    perform nemo_private.fail('NM016', 'You have made 100 organizations, which is the most one person may make.',
      'Delete one you no longer need.');
  end if;
  return nemo_private.make_organization(checked, person);
end
$$;
comment on function nemo.create_organization(text) is
  'Makes an organization with the caller as its owner. NM001 not signed in, NM010–NM012 bad name, NM016 too many.';

create function nemo.update_organization(organization_id uuid, name text)
returns nemo.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
  checked text := nemo_private.check_text(update_organization.name, 'name', 100, required => true);
  old_row nemo.organizations;
  new_row nemo.organizations;
begin
  perform nemo_private.require_role(update_organization.organization_id, 'admin');
  select * into old_row from nemo.organizations o where o.id = update_organization.organization_id for no key update;
  update nemo.organizations o set name = checked, updated_at = now()
  where o.id = old_row.id returning * into new_row;
  perform nemo_private.append_audit(new_row.id, 'organization.updated', 'organization', new_row.id::text,
    before => jsonb_build_object('name', old_row.name), after => jsonb_build_object('name', new_row.name));
  perform nemo_private.broadcast(new_row.id, 'organization.changed');
  return new_row;
end
$$;
comment on function nemo.update_organization(uuid, text) is
  'Renames an organization (admin). NM002, NM003, NM010–NM012.';

create function nemo.delete_organization(organization_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- Counting and removing a large organization takes longer than a page view may.
set statement_timeout = '120s'
as $$
declare
  target uuid := delete_organization.organization_id;
  counts jsonb := '{}'::jsonb;
  counted bigint;
  table_name text;
begin
  perform nemo_private.require_role(target, 'owner');
  perform from nemo.organizations o where o.id = target for update;
  if not found then
    perform nemo_private.fail('NM003', 'There is no such organization.', 'Somebody deleted it a moment ago.');
  end if;
  -- Every table of the schema that carries a tenant, so that a table added later is counted too.
  for table_name in
    select c.relname
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    where c.relnamespace = 'nemo'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname
  loop
    execute format('select count(*) from nemo.%I where organization_id = $1', table_name) into counted using target;
    counts := counts || jsonb_build_object(table_name, counted);
  end loop;
  perform set_config('nemo.removal', 'organization:' || target, true);
  delete from nemo.organizations o where o.id = target;
  perform set_config('nemo.removal', '', true);
  perform nemo_private.broadcast(target, 'organization.deleted');
  return counts || '{"organizations": 1}';
end
$$;
comment on function nemo.delete_organization(uuid) is
  'Deletes an organization and everything in it, its audit log included (owner). Returns how many rows of each table went. NM002, NM003.';

-- Signing up makes an organization, so that nobody begins with an empty page.
create function nemo_private.on_sign_up()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- An address may hold what a name may not; a person must be able to sign up all the same.
  local_part text := btrim(regexp_replace(split_part(coalesce(new.email, ''), '@', 1), '[\x01-\x1f\x7f]', '', 'g'));
begin
  perform nemo_private.make_organization(coalesce(nullif(left(local_part, 100), ''), 'My organization'), new.id);
  return null;
end
$$;
comment on function nemo_private.on_sign_up() is 'Makes the new person''s first organization, named after the local part of the e-mail address.';

create trigger nemo_on_sign_up
  after insert on auth.users
  for each row execute function nemo_private.on_sign_up();

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.create_organization(text), nemo.update_organization(uuid, text), nemo.delete_organization(uuid)
  to authenticated, service_role;
