-- Inviting, accepting, withdrawing.

create function nemo.invite_member(
  organization_id uuid,
  email text,
  role text default 'member',
  expires_in_days integer default 7,
  out id uuid,
  out token text,
  out expires_at timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  address text := lower(nemo_private.check_text(invite_member.email, 'e-mail address', 320, required => true));
  made nemo.invitations;
  replaced uuid;
begin
  perform nemo_private.require_role(invite_member.organization_id, 'admin');
  perform nemo_private.check_choice(invite_member.role, 'role', array['owner', 'admin', 'member', 'viewer']);
  perform nemo_private.require_rank_over(invite_member.organization_id, invite_member.role);
  perform nemo_private.check_range(invite_member.expires_in_days, 'number of days', 1, 90);
  if address !~ '^[^@[:space:]]+@[^@[:space:]]+$' then
    perform nemo_private.fail('NM034', format('"%s" is not an e-mail address.', address), 'Give an address such as name@example.com.');
  end if;
  perform nemo_private.hold_organization(invite_member.organization_id);
  -- One invitation to an address at a time, also when two admins invite at once.
  perform from nemo.organizations o where o.id = invite_member.organization_id for no key update;
  if exists (
    select from nemo.memberships m join auth.users u on u.id = m.user_id
    where m.organization_id = invite_member.organization_id and lower(u.email) = address
  ) then
    perform nemo_private.fail('NM033', format('%s is already a member.', address), 'Change the role in the list of members.');
  end if;
  update nemo.invitations i set revoked_at = now()
  where i.organization_id = invite_member.organization_id and i.email = address
    and i.accepted_at is null and i.revoked_at is null
  returning i.id into replaced;
  if replaced is not null then
    perform nemo_private.append_audit(invite_member.organization_id, 'invitation.revoked', 'invitation', replaced::text,
      before => jsonb_build_object('email', address));
  end if;

  insert into nemo.invitations (organization_id, email, role, created_by, expires_at)
  values (invite_member.organization_id, address, invite_member.role, nemo_private.current_user_id(),
    now() + make_interval(days => coalesce(invite_member.expires_in_days, 7)))
  returning * into made;
  token := nemo_private.random_token('nemo_inv_');
  insert into nemo_private.invitation_tokens (token_hash, invitation_id) values (nemo_private.sha256_hex(token), made.id);
  perform nemo_private.append_audit(made.organization_id, 'member.invited', 'invitation', made.id::text,
    after => jsonb_build_object('email', made.email, 'role', made.role, 'expires_at', made.expires_at));
  perform nemo_private.broadcast(made.organization_id, 'invitation.changed', jsonb_build_object('invitation_id', made.id));
  invite_member.id := made.id;
  invite_member.expires_at := made.expires_at;
end
$$;
comment on function nemo.invite_member(uuid, text, text, integer) is
  'Invites an e-mail address (admin; owner to invite owners) and returns {id, token, expires_at}; token only here and now, to be sent as a link. An earlier invitation to the address is withdrawn. NM002, NM003, NM010–NM012, NM014 role, NM015 days, NM033 already a member, NM034 not an address.';

create function nemo.accept_invitation(token text)
returns nemo.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
  person uuid := nemo_private.current_user_id();
  address text;
  invitation nemo.invitations;
  joined nemo.memberships;
begin
  if person is null then
    perform nemo_private.fail('NM001', 'Nobody is signed in.', 'Sign in or sign up, then open the invitation''s link again.');
  end if;
  select lower(u.email) into address from auth.users u where u.id = person and u.deleted_at is null;
  select i.* into invitation
  from nemo_private.invitation_tokens t join nemo.invitations i on i.id = t.invitation_id
  where t.token_hash = nemo_private.sha256_hex(accept_invitation.token);
  if invitation.id is not null then
    perform nemo_private.hold_organization(invitation.organization_id);
    -- Read again under its lock: of several who open the link at once, one is first.
    select * into invitation from nemo.invitations i where i.id = invitation.id for update;
  end if;
  if invitation.id is null or invitation.accepted_at is not null or invitation.revoked_at is not null
    or invitation.expires_at <= now()
  then
    perform nemo_private.fail('NM031', 'This invitation is not valid.',
      'It may have been used, withdrawn or expired. Ask for a new one.');
  end if;
  if address is distinct from invitation.email then
    perform nemo_private.fail('NM032', 'This invitation is for another e-mail address.',
      'Sign in with the address it was sent to, or ask for one to yours.');
  end if;
  insert into nemo.memberships (organization_id, user_id, role)
  values (invitation.organization_id, person, invitation.role)
  on conflict on constraint memberships_pkey do nothing
  returning * into joined;
  if joined.user_id is null then
    perform nemo_private.fail('NM033', 'You are already a member.', 'Open the organization from the menu.');
  end if;
  update nemo.invitations i set accepted_at = now(), accepted_by = person where i.id = invitation.id;
  perform nemo_private.append_audit(joined.organization_id, 'member.joined', 'member', person::text,
    after => jsonb_build_object('role', joined.role, 'email', address, 'invitation_id', invitation.id));
  perform nemo_private.broadcast(joined.organization_id, 'member.changed', jsonb_build_object('user_id', person));
  perform nemo_private.broadcast(joined.organization_id, 'invitation.changed', jsonb_build_object('invitation_id', invitation.id));
  return joined;
end
$$;
comment on function nemo.accept_invitation(text) is
  'Makes the caller a member by an invitation''s secret; works once. NM001, NM031 used, withdrawn, expired or unknown, NM032 for another address, NM033 already a member.';

create function nemo.revoke_invitation(invitation_id uuid)
returns nemo.invitations
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation nemo.invitations;
begin
  select * into invitation from nemo.invitations i where i.id = revoke_invitation.invitation_id;
  perform nemo_private.require_role(invitation.organization_id, 'admin', 'invitation');
  perform nemo_private.hold_organization(invitation.organization_id);
  update nemo.invitations i set revoked_at = now()
  where i.id = revoke_invitation.invitation_id and i.accepted_at is null and i.revoked_at is null
  returning * into invitation;
  if not found then
    perform nemo_private.fail('NM031', 'This invitation is not pending any more.', 'Reload the list of invitations.');
  end if;
  perform nemo_private.append_audit(invitation.organization_id, 'invitation.revoked', 'invitation', invitation.id::text,
    before => jsonb_build_object('email', invitation.email));
  perform nemo_private.broadcast(invitation.organization_id, 'invitation.changed', jsonb_build_object('invitation_id', invitation.id));
  return invitation;
end
$$;
comment on function nemo.revoke_invitation(uuid) is 'Withdraws a pending invitation (admin). NM002, NM003, NM031 not pending.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.invite_member(uuid, text, text, integer), nemo.accept_invitation(text), nemo.revoke_invitation(uuid)
  to authenticated, service_role;
