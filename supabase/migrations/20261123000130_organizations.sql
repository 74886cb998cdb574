-- The tenant and who belongs to it. Every other table's policies ask one question, answered here:
-- in which organizations does the person asking have at least this role?

create function nemo_private.role_rank(role text)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case role_rank.role when 'owner' then 4 when 'admin' then 3 when 'member' then 2 when 'viewer' then 1 end;
end
$$;
comment on function nemo_private.role_rank(text) is 'owner 4, admin 3, member 2, viewer 1; null for anything else.';

create table nemo.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100 and not nemo_private.has_control_characters(name)),
  data_policy text not null default 'metadata' check (data_policy in ('none', 'metadata', 'full')),
  log_retention_days integer not null default 30 check (log_retention_days between 1 and 3650),
  audit_retention_days integer check (audit_retention_days between 30 and 36500),
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table nemo.organizations is 'The tenant. Its id flows through every row, key, log line and realtime topic.';
comment on column nemo.organizations.id is 'The organization_id of every other table.';
comment on column nemo.organizations.name is 'What people call it; need not be unique.';
comment on column nemo.organizations.data_policy is 'What the gateway may keep of a request: none, metadata (no text), full (text too).';
comment on column nemo.organizations.log_retention_days is 'Days after which prompt logs are removed.';
comment on column nemo.organizations.audit_retention_days is 'Days after which unpinned audit entries may be removed; null keeps them for ever.';
comment on column nemo.organizations.created_by is 'Who made it. No foreign key: history outlives accounts.';
comment on column nemo.organizations.created_at is 'When it was made.';
comment on column nemo.organizations.updated_at is 'When its name or settings last changed.';

-- Counts what one person has made.
create index organizations_created_by_idx on nemo.organizations (created_by);

create table nemo.memberships (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
comment on table nemo.memberships is 'Who belongs to an organization, and as what.';
comment on column nemo.memberships.organization_id is 'The organization.';
comment on column nemo.memberships.user_id is 'The person.';
comment on column nemo.memberships.role is 'owner > admin > member > viewer.';
comment on column nemo.memberships.created_at is 'When the person joined.';

-- Looked up by person on every request, with the role in the index so that the table is not visited.
create index memberships_user_id_idx on nemo.memberships (user_id, organization_id) include (role);

-- plpgsql, not sql: its plan is kept for the session, and this runs once in every statement people send. For
-- the same reason it spells out what current_user_id and role_rank say: calling them would triple its cost.
-- Security definer, because memberships are themselves protected by a policy that calls this function.
create function nemo_private.my_organizations(min_role text default 'viewer')
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  person uuid;
  accepted text[];
begin
  if current_setting('role', true) = 'authenticated' then
    person := auth.uid();
  else
    person := nemo_private.current_user_id();
  end if;
  case my_organizations.min_role
    when 'viewer' then accepted := '{viewer,member,admin,owner}';
    when 'member' then accepted := '{member,admin,owner}';
    when 'admin' then accepted := '{admin,owner}';
    when 'owner' then accepted := '{owner}';
  end case;
  return array(
    select m.organization_id from nemo.memberships m where m.user_id = person and m.role = any (accepted));
end
$$;
comment on function nemo_private.my_organizations(text) is
  'The organizations in which the caller has at least this role. Used by every policy, wrapped in a select so that it runs once per statement; an array, so that an index on organization_id serves it.';

create function nemo_private.require_role(
  organization_id uuid,
  min_role text,
  thing text default 'organization',
  thing_id text default null
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  person uuid;
  held text;
begin
  if nemo_private.is_system() then
    -- The system may do everything, but not to an organization that does not exist.
    if exists (select from nemo.organizations o where o.id = require_role.organization_id) then
      return;
    end if;
  else
    person := nemo_private.current_user_id();
    if person is null then
      perform nemo_private.fail('NM001', 'Nobody is signed in.', 'Sign in and send the access token with the request.');
    end if;
    select m.role into held from nemo.memberships m
    where m.organization_id = require_role.organization_id and m.user_id = person;
  end if;
  -- Someone else's thing and a missing thing answer identically; the other organization's count of denials knows.
  if held is null then
    perform nemo_private.note_denial(coalesce(require_role.thing_id, require_role.organization_id::text));
    perform nemo_private.fail('NM003', format('There is no such %s.', require_role.thing),
      'Check the id; it may have been deleted, or belong to an organization you are not a member of.');
  end if;
  if nemo_private.role_rank(held) < nemo_private.role_rank(require_role.min_role) then
    perform nemo_private.fail('NM002',
      format('This needs the role %s or higher; yours is %s.', require_role.min_role, held),
      'Ask an owner or admin of the organization to do it or to change your role.');
  end if;
end
$$;
comment on function nemo_private.require_role(uuid, text, text, text) is
  'Refuses the call unless the caller has at least this role: NM001 not signed in, NM003 not a member (the same as missing), NM002 role too low.';

-- The organization first, always: whoever locks a row of an organization holds the organization before, so that
-- delete_organization waits for them at its first step, and neither can wait for the other.
create function nemo_private.hold_organization(organization_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from nemo.organizations o where o.id = hold_organization.organization_id for key share;
  if not found then
    perform nemo_private.fail('NM003', 'There is no such organization.', 'It may have been deleted a moment ago.');
  end if;
end
$$;
comment on function nemo_private.hold_organization(uuid) is
  'Keeps the organization from being deleted until this transaction ends; holders do not hinder each other. NM003 when it is gone.';

alter table nemo.organizations enable row level security, force row level security;
create policy "members read their organizations" on nemo.organizations
  for select to authenticated
  using (id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.organizations to authenticated, service_role;

alter table nemo.memberships enable row level security, force row level security;
create policy "members read who else is a member" on nemo.memberships
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations())::uuid[]));
grant select on nemo.memberships to authenticated, service_role;

-- The last owner can neither leave nor be demoted, on whatever path the row changes.
create function nemo_private.keep_an_owner()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Owners whose accounts are deleted at the same moment wait in line here, and the last one is kept.
  perform from nemo.organizations o where o.id = old.organization_id for no key update;
  -- While a whole organization is being deleted its row is already gone, and its owners may go too.
  if exists (select from nemo.organizations o where o.id = old.organization_id)
    and not exists (select from nemo.memberships m where m.organization_id = old.organization_id and m.role = 'owner')
  then
    perform nemo_private.fail('NM030', 'An organization needs an owner, and this is its last.',
      'Make someone else an owner first, or delete the organization.');
  end if;
  return null;
end
$$;
comment on function nemo_private.keep_an_owner() is 'Refuses a change that leaves an organization without an owner (NM030).';

create trigger memberships_keep_an_owner
  after update of role or delete on nemo.memberships
  for each row when (old.role = 'owner')
  execute function nemo_private.keep_an_owner();

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.my_organizations(text) to authenticated;
