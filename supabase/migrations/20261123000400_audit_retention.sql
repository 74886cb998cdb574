-- How long audit entries are kept, which are kept regardless, and the one way they go.

create function nemo.set_audit_retention(organization_id uuid, days integer default null)
returns nemo.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
  old_row nemo.organizations;
  new_row nemo.organizations;
begin
  perform nemo_private.require_role(set_audit_retention.organization_id, 'admin');
  perform nemo_private.check_range(set_audit_retention.days, 'number of days', 30, 36500);
  select * into old_row from nemo.organizations o where o.id = set_audit_retention.organization_id for no key update;
  update nemo.organizations o set audit_retention_days = set_audit_retention.days, updated_at = now()
  where o.id = old_row.id returning * into new_row;
  perform nemo_private.append_audit(new_row.id, 'audit.retention_changed', 'organization', new_row.id::text,
    before => jsonb_build_object('days', old_row.audit_retention_days),
    after => jsonb_build_object('days', new_row.audit_retention_days));
  perform nemo_private.broadcast(new_row.id, 'organization.changed');
  return new_row;
end
$$;
comment on function nemo.set_audit_retention(uuid, integer) is
  'Sets after how many days unpinned audit entries may be removed, 30 or more; without days they are kept for ever (admin). NM002, NM003, NM015.';

create function nemo_private.require_audit_entry(organization_id uuid, sequence bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.require_role(require_audit_entry.organization_id, 'admin');
  perform nemo_private.hold_organization(require_audit_entry.organization_id);
  -- The chain's end before the entry, as retention does: neither can remove what the other is about to pin.
  perform from nemo_private.audit_heads h where h.organization_id = require_audit_entry.organization_id for update;
  if not exists (
    select from nemo.audit_log a
    where a.organization_id = require_audit_entry.organization_id and a.sequence = require_audit_entry.sequence
  ) then
    perform nemo_private.fail('NM003', 'There is no such audit entry.', 'It may have been removed by retention.');
  end if;
end
$$;
comment on function nemo_private.require_audit_entry(uuid, bigint) is 'Holds the chain for this transaction; refuses a non-admin (NM002, NM003) and an entry that is not there (NM003).';

create function nemo.pin_audit_entry(organization_id uuid, sequence bigint, reason text)
returns nemo.audit_pins
language plpgsql
security definer
set search_path = ''
as $$
declare
  checked text := nemo_private.check_text(pin_audit_entry.reason, 'reason', 500, required => true);
  made nemo.audit_pins;
begin
  perform nemo_private.require_audit_entry(pin_audit_entry.organization_id, pin_audit_entry.sequence);
  insert into nemo.audit_pins (organization_id, sequence, reason, pinned_by)
  values (pin_audit_entry.organization_id, pin_audit_entry.sequence, checked, nemo_private.current_user_id())
  on conflict on constraint audit_pins_pkey do update set reason = excluded.reason, pinned_by = excluded.pinned_by, pinned_at = now()
  returning * into made;
  perform nemo_private.append_audit(made.organization_id, 'audit.pinned', 'audit_entry', made.sequence::text,
    after => jsonb_build_object('reason', made.reason));
  return made;
end
$$;
comment on function nemo.pin_audit_entry(uuid, bigint, text) is
  'Keeps an audit entry as evidence, whatever its age (admin). NM002, NM003, NM010–NM012 reason.';

create function nemo.unpin_audit_entry(organization_id uuid, sequence bigint)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_audit_entry(unpin_audit_entry.organization_id, unpin_audit_entry.sequence);
  delete from nemo.audit_pins p
  where p.organization_id = unpin_audit_entry.organization_id and p.sequence = unpin_audit_entry.sequence;
  if found then
    perform nemo_private.append_audit(unpin_audit_entry.organization_id, 'audit.unpinned', 'audit_entry', unpin_audit_entry.sequence::text);
  end if;
end
$$;
comment on function nemo.unpin_audit_entry(uuid, bigint) is 'Lets retention remove an entry again (admin). NM002, NM003.';

create function nemo_private.remove_old_audit_entries(organization_id uuid)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  target uuid := remove_old_audit_entries.organization_id;
  days integer;
  cutoff timestamptz;
  gone bigint[];
  ranges jsonb;
begin
  select o.audit_retention_days into days from nemo.organizations o where o.id = target;
  if days is null then
    return 0;
  end if;
  cutoff := now() - make_interval(days => days);
  perform nemo_private.hold_organization(target);
  -- Held until the end, so that nothing is appended or pruned in between.
  perform from nemo_private.audit_heads h where h.organization_id = target for update;
  -- Pinned entries stay, and so do the entries about earlier removals: they vouch for the gaps.
  gone := array(
    select a.sequence from nemo.audit_log a
    where a.organization_id = target and a.occurred_at < cutoff and a.action <> 'audit.pruned'
      and not exists (select from nemo.audit_pins p where p.organization_id = target and p.sequence = a.sequence));
  if cardinality(gone) = 0 then
    return 0;
  end if;
  -- Each unbroken stretch, with the hashes at its ends: enough to verify the chain across the gap.
  select jsonb_agg(jsonb_build_object('first', r.first, 'last', r.last, 'previous_hash', r.previous_hash, 'hash', r.hash) order by r.first)
  into ranges
  from (
    select min(s.sequence) as first, max(s.sequence) as last,
      (array_agg(s.previous_hash order by s.sequence))[1] as previous_hash,
      (array_agg(s.hash order by s.sequence desc))[1] as hash
    from (
      select a.sequence, a.previous_hash, a.hash, a.sequence - row_number() over (order by a.sequence) as stretch
      from nemo.audit_log a
      where a.organization_id = target and a.sequence = any (gone)
    ) s
    group by s.stretch
  ) r;
  perform set_config('nemo.removal', 'audit_retention:' || target, true);
  delete from nemo.audit_log a where a.organization_id = target and a.sequence = any (gone);
  perform set_config('nemo.removal', '', true);
  perform nemo_private.append_audit(target, 'audit.pruned', 'audit_log', target::text,
    after => jsonb_build_object('removed', cardinality(gone), 'older_than', cutoff, 'ranges', ranges));
  return cardinality(gone);
end
$$;
comment on function nemo_private.remove_old_audit_entries(uuid) is
  'The one way audit entries go: unpinned ones older than the organization''s retention, with an entry that says which. Returns how many.';

create function nemo.prune_audit_log(organization_id uuid)
returns bigint
language plpgsql
security definer
set search_path = ''
set statement_timeout = '120s'
as $$
begin
  perform nemo_private.require_role(prune_audit_log.organization_id, 'admin');
  return nemo_private.remove_old_audit_entries(prune_audit_log.organization_id);
end
$$;
comment on function nemo.prune_audit_log(uuid) is
  'Removes unpinned audit entries older than the organization''s retention and leaves an entry that says which (admin). Returns how many went; 0 and no entry when none did. NM002, NM003.';

create function nemo_private.prune_audit_logs()
returns bigint
language sql
set search_path = ''
as $$
  select coalesce(sum(nemo_private.remove_old_audit_entries(o.id)), 0)::bigint from nemo.organizations o where o.audit_retention_days is not null
$$;
comment on function nemo_private.prune_audit_logs() is 'Applies audit retention to every organization; returns how many entries went. For a schedule.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.set_audit_retention(uuid, integer), nemo.pin_audit_entry(uuid, bigint, text), nemo.unpin_audit_entry(uuid, bigint),
  nemo.prune_audit_log(uuid)
  to authenticated, service_role;
