-- Changing and ending memberships. Admins manage everyone up to admin; only owners touch owners.

create function nemo_private.require_rank_over(organization_id uuid, role text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform nemo_private.require_role(require_rank_over.organization_id,
    case when require_rank_over.role = 'owner' then 'owner' else 'admin' end);
end
$$;
comment on function nemo_private.require_rank_over(uuid, text) is
  'Refuses the call unless the caller may give or take this role: owner for owners, admin for the rest (NM002, NM003).';

create function nemo_private.lock_membership(organization_id uuid, user_id uuid)
returns nemo.memberships
language plpgsql
set search_path = ''
as $$
declare
  found_row nemo.memberships;
begin
  -- The organization first, always: two owners who remove each other then wait in line.
  perform from nemo.organizations o where o.id = lock_membership.organization_id for no key update;
  select * into found_row from nemo.memberships m
  where m.organization_id = lock_membership.organization_id and m.user_id = lock_membership.user_id
  for update;
  if found_row.user_id is null then
    perform nemo_private.fail('NM003', 'There is no such member.', 'Reload the list of members.');
  end if;
  return found_row;
end
$$;
comment on function nemo_private.lock_membership(uuid, uuid) is 'The membership, locked together with its organization''s other memberships, or NM003.';

create function nemo.set_member_role(organization_id uuid, user_id uuid, role text)
returns nemo.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
  old_row nemo.memberships;
  new_row nemo.memberships;
begin
  perform nemo_private.require_role(set_member_role.organization_id, 'admin');
  perform nemo_private.check_choice(set_member_role.role, 'role', array['owner', 'admin', 'member', 'viewer']);
  old_row := nemo_private.lock_membership(set_member_role.organization_id, set_member_role.user_id);
  -- Asked again under the lock: someone may have demoted the caller meanwhile.
  perform nemo_private.require_rank_over(old_row.organization_id, old_row.role);
  perform nemo_private.require_rank_over(old_row.organization_id, set_member_role.role);
  if old_row.role = set_member_role.role then
    return old_row;
  end if;
  update nemo.memberships m set role = set_member_role.role
  where m.organization_id = old_row.organization_id and m.user_id = old_row.user_id
  returning * into new_row;
  perform nemo_private.append_audit(new_row.organization_id, 'member.role_changed', 'member', new_row.user_id::text,
    before => jsonb_build_object('role', old_row.role), after => jsonb_build_object('role', new_row.role));
  perform nemo_private.broadcast(new_row.organization_id, 'member.changed', jsonb_build_object('user_id', new_row.user_id));
  return new_row;
end
$$;
comment on function nemo.set_member_role(uuid, uuid, text) is
  'Gives a member another role (admin; owner to make or unmake owners). NM002, NM003, NM014 unknown role, NM030 last owner.';

create function nemo_private.end_membership(membership nemo.memberships, action text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  person text := nemo_private.actor_name('user', membership.user_id);
begin
  delete from nemo.memberships m
  where m.organization_id = membership.organization_id and m.user_id = membership.user_id;
  perform nemo_private.append_audit(membership.organization_id, end_membership.action, 'member', membership.user_id::text,
    before => jsonb_build_object('role', membership.role, 'email', person));
  perform nemo_private.broadcast(membership.organization_id, 'member.removed', jsonb_build_object('user_id', membership.user_id));
end
$$;
comment on function nemo_private.end_membership(nemo.memberships, text) is 'Removes a membership, audits and announces it. NM030 for the last owner.';

create function nemo.remove_member(organization_id uuid, user_id uuid)
returns nemo.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
  membership nemo.memberships;
begin
  perform nemo_private.require_role(remove_member.organization_id, 'admin');
  membership := nemo_private.lock_membership(remove_member.organization_id, remove_member.user_id);
  perform nemo_private.require_rank_over(membership.organization_id, membership.role);
  perform nemo_private.end_membership(membership, 'member.removed');
  return membership;
end
$$;
comment on function nemo.remove_member(uuid, uuid) is
  'Removes a member (admin; owner to remove owners); effective on that person''s next statement. Returns the membership that was. NM002, NM003, NM030.';

create function nemo.leave_organization(organization_id uuid)
returns nemo.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
  membership nemo.memberships;
begin
  perform nemo_private.require_role(leave_organization.organization_id, 'viewer');
  membership := nemo_private.lock_membership(leave_organization.organization_id, nemo_private.current_user_id());
  perform nemo_private.end_membership(membership, 'member.left');
  return membership;
end
$$;
comment on function nemo.leave_organization(uuid) is 'Ends the caller''s own membership. NM003, NM030 for the last owner.';

-- With an account its memberships end, in organizations that then have another owner. Auth either deletes the account's
-- row, or keeps it emptied and marked as deleted: either way the person is gone.
create function nemo_private.on_account_deletion()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  membership nemo.memberships;
begin
  -- All organizations first: otherwise whoever deletes an account and whoever deletes one of its organizations could
  -- wait for each other.
  perform from nemo.organizations o
  where o.id in (select m.organization_id from nemo.memberships m where m.user_id = old.id)
  order by o.id for no key update;
  for membership in select * from nemo.memberships m where m.user_id = old.id order by m.organization_id loop
    perform nemo_private.end_membership(membership, 'member.account_deleted');
  end loop;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;
comment on function nemo_private.on_account_deletion() is 'Ends the memberships of an account before it goes (NM030 while it is an organization''s last owner).';

create trigger nemo_on_account_deletion
  before delete on auth.users
  for each row execute function nemo_private.on_account_deletion();
create trigger nemo_on_account_emptied
  before update of deleted_at on auth.users
  for each row when (old.deleted_at is null and new.deleted_at is not null)
  execute function nemo_private.on_account_deletion();

create function nemo.organization_people(organization_id uuid)
returns table (user_id uuid, email text, role text, joined_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(organization_people.organization_id, 'viewer');
  return query
    select p.id, case when u.deleted_at is null then u.email::text end, m.role, m.created_at
    from (
      select am.user_id as id from nemo.memberships am where am.organization_id = organization_people.organization_id
      union
      select v.created_by from nemo.prompt_versions v
      where v.organization_id = organization_people.organization_id and v.created_by is not null
    ) p
    left join auth.users u on u.id = p.id
    left join nemo.memberships m on m.organization_id = organization_people.organization_id and m.user_id = p.id
    order by m.created_at nulls last, 2;
end
$$;
comment on function nemo.organization_people(uuid) is
  'Members with their e-mail, and authors who have left (role null; e-mail null when the account is gone). For everyone in the organization. NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.set_member_role(uuid, uuid, text), nemo.remove_member(uuid, uuid), nemo.leave_organization(uuid),
  nemo.organization_people(uuid)
  to authenticated, service_role;
