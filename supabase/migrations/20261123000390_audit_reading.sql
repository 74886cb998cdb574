-- Reading the audit log: page by page, as an export, and checking that nobody has touched it.

create function nemo_private.check_audit_filter(action text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  -- A misspelt one would find nothing, and look as if nothing had happened.
  if not exists (
    select from nemo_private.audit_actions x
    where x.action = check_audit_filter.action or starts_with(x.action, check_audit_filter.action || '.'))
  then
    perform nemo_private.fail('NM014', 'There is no such action, and no such class of actions.',
      'Use one such as version.saved, or its class, version.');
  end if;
end
$$;
comment on function nemo_private.check_audit_filter(text) is 'Refuses what is neither an action of the closed list nor a class of them (NM014).';

create function nemo.audit_entries(
  organization_id uuid,
  template_id text default null,
  actor text default null,
  action text default null,
  since timestamptz default null,
  until timestamptz default null,
  before bigint default null,
  max integer default 50
)
returns setof nemo.audit_log
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  conditions text := '';
begin
  perform nemo_private.require_role(audit_entries.organization_id, 'admin');
  perform nemo_private.check_range(audit_entries.max, 'number of entries', 1, 1000);
  -- Only the filters that are given become conditions, so that each has its own plan and its own index.
  if audit_entries.template_id is not null then conditions := conditions || ' and a.template_id = $2'; end if;
  if audit_entries.actor is not null then
    conditions := conditions || case
      when audit_entries.actor in ('user', 'api_key', 'system') then ' and a.actor_kind = $3'
      when nemo_private.to_uuid(audit_entries.actor) is not null then ' and a.actor_id = $3::uuid'
      else ' and a.actor_name = $3' end;
  end if;
  if audit_entries.action is not null then
    perform nemo_private.check_audit_filter(audit_entries.action);
    conditions := conditions || case when position('.' in audit_entries.action) > 0 then ' and a.action = $4'
      -- Through the closed list, so that a rare class is found by its actions' index.
      else ' and a.action in (select x.action from nemo_private.audit_actions x where starts_with(x.action, $4 || ''.''))' end;
  end if;
  if audit_entries.since is not null then conditions := conditions || ' and a.occurred_at >= $5'; end if;
  if audit_entries.until is not null then conditions := conditions || ' and a.occurred_at < $6'; end if;
  if audit_entries.before is not null then conditions := conditions || ' and a.sequence < $7'; end if;
  return query execute
    'select a.* from nemo.audit_log a where a.organization_id = $1' || conditions || ' order by a.sequence desc limit $8'
    using audit_entries.organization_id, audit_entries.template_id, audit_entries.actor, audit_entries.action,
      audit_entries.since, audit_entries.until, audit_entries.before, coalesce(audit_entries.max, 50);
end
$$;
comment on function nemo.audit_entries(uuid, text, text, text, timestamptz, timestamptz, bigint, integer) is
  'Audit entries, newest first (admin). actor: a person''s or key''s id, its name, or user, api_key, system. action: "version.saved", or "version" for its whole class. since inclusive, until exclusive. Page on with before = the last sequence received; max up to 1000. NM002, NM003, NM014 no such action, NM015.';

create function nemo.start_audit_export(organization_id uuid, format text, filters jsonb default '{}')
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  written bigint;
begin
  perform nemo_private.require_role(start_audit_export.organization_id, 'admin');
  perform nemo_private.check_choice(start_audit_export.format, 'format', array['csv', 'json']);
  perform nemo_private.check_settings(coalesce(start_audit_export.filters, '{}'), 'filters');
  if start_audit_export.filters ->> 'action' is not null then
    perform nemo_private.check_audit_filter(start_audit_export.filters ->> 'action');
  end if;
  written := nemo_private.append_audit(start_audit_export.organization_id, 'audit.exported', 'audit_log',
    start_audit_export.organization_id::text,
    after => jsonb_build_object('format', start_audit_export.format, 'filters', coalesce(start_audit_export.filters, '{}')));
  return written;
end
$$;
comment on function nemo.start_audit_export(uuid, text, jsonb) is
  'Audits that the log is being exported and returns that entry''s sequence (admin). Pass it as "before" to the first audit_entries call: the export is then what the log held at that moment, however long streaming takes. NM002, NM003, NM011, NM014, NM019.';

create function nemo.verify_audit_chain(organization_id uuid, out ok boolean, out checked bigint, out first_bad bigint)
language plpgsql
stable
security definer
set search_path = ''
set statement_timeout = '120s'
as $$
declare
  newest_sequence bigint;
  newest_hash text;
  reached bigint;
  reached_hash text;
begin
  perform nemo_private.require_role(verify_audit_chain.organization_id, 'admin');
  with
    -- The chain's links: each entry, and each stretch that retention removed, as the entry about that
    -- removal vouches for it. Those entries are never removed themselves.
    links as (
      select a.sequence as first, a.sequence as last, a.previous_hash, a.hash, a.hash = nemo_private.audit_hash(a) as sound, 1 as entries
      from nemo.audit_log a
      where a.organization_id = verify_audit_chain.organization_id
      union all
      select r.first, r.last, r.previous_hash, r.hash, true, 0
      from nemo.audit_log a,
        jsonb_to_recordset(a.after -> 'ranges') r (first bigint, last bigint, previous_hash text, hash text)
      where a.organization_id = verify_audit_chain.organization_id and a.action = 'audit.pruned'
    ),
    chain as (
      select l.*,
        lag(l.last, 1, 0::bigint) over in_order as last_before,
        lag(l.hash, 1, repeat('0', 64)) over in_order as hash_before
      from links l
      window in_order as (order by l.first, l.last)
    )
  select
    coalesce(sum(c.entries), 0),
    -- Where something is missing, the first missing number is the bad one.
    min(case when c.first <> c.last_before + 1 then least(c.first, c.last_before + 1) else c.first end)
      filter (where not c.sound or c.first <> c.last_before + 1 or c.previous_hash <> c.hash_before),
    max(c.last),
    (array_agg(c.hash order by c.last desc))[1]
  into verify_audit_chain.checked, verify_audit_chain.first_bad, reached, reached_hash
  from chain c;

  -- Entries taken off the newest end leave no gap behind; the head remembers them.
  select h.sequence, h.hash into newest_sequence, newest_hash
  from nemo_private.audit_heads h where h.organization_id = verify_audit_chain.organization_id;
  if first_bad is null and (newest_sequence, newest_hash) is distinct from (reached, reached_hash) then
    first_bad := coalesce(reached, 0) + 1;
  end if;
  ok := first_bad is null;
end
$$;
comment on function nemo.verify_audit_chain(uuid) is
  'Recomputes every hash of an organization''s audit chain (admin): {ok, checked, first_bad}. first_bad is the sequence of the first entry that was altered, is missing or does not follow the one before; null when all is well. NM002, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.audit_entries(uuid, text, text, text, timestamptz, timestamptz, bigint, integer),
  nemo.start_audit_export(uuid, text, jsonb), nemo.verify_audit_chain(uuid)
  to authenticated, service_role;
