-- A promise of membership, redeemed with a secret that is shown once: as a link, so that no mail server is
-- needed. Only the secret's hash is kept, and apart from the table people read.

create table nemo.invitations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  check (expires_at > created_at),
  check ((accepted_at is null) = (accepted_by is null)),
  check (accepted_at is null or revoked_at is null)
);
comment on table nemo.invitations is 'Invitations to an organization: pending until accepted, revoked or expired.';
comment on column nemo.invitations.id is 'The invitation.';
comment on column nemo.invitations.organization_id is 'The organization the person is invited to.';
comment on column nemo.invitations.email is 'Whom it is for, in lower case; only an account with this address can accept it.';
comment on column nemo.invitations.role is 'The role the person will have.';
comment on column nemo.invitations.created_by is 'Who invited. No foreign key: history outlives accounts.';
comment on column nemo.invitations.created_at is 'When the invitation was made.';
comment on column nemo.invitations.expires_at is 'From then on it cannot be accepted.';
comment on column nemo.invitations.accepted_at is 'When it was accepted; it works once.';
comment on column nemo.invitations.accepted_by is 'Who accepted it.';
comment on column nemo.invitations.revoked_at is 'When it was withdrawn, by a person or by a newer invitation to the same address.';

alter table nemo.invitations enable row level security, force row level security;
create index invitations_organization_id_idx on nemo.invitations (organization_id, created_at desc);
create unique index invitations_one_pending_idx on nemo.invitations (organization_id, email)
  where accepted_at is null and revoked_at is null;

create policy "admins read invitations" on nemo.invitations
  for select to authenticated
  using (organization_id = any ((select nemo_private.my_organizations('admin'))::uuid[]));
grant select on nemo.invitations to authenticated, service_role;

create table nemo_private.invitation_tokens (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  invitation_id uuid not null unique references nemo.invitations (id) on delete cascade
);
comment on table nemo_private.invitation_tokens is 'Hashes of invitation secrets. Nobody but the owner''s functions reads them.';
comment on column nemo_private.invitation_tokens.token_hash is 'SHA-256 of the secret, hexadecimal.';
comment on column nemo_private.invitation_tokens.invitation_id is 'The invitation the secret redeems.';
alter table nemo_private.invitation_tokens enable row level security, force row level security;
