-- Writing an entry: its hash, and its place at the end of its organization's chain.

create function nemo_private.audit_hash(entry nemo.audit_log)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The entry as JSON without its hash. jsonb orders keys and normalises space, so the text is the same
  -- wherever it is computed; the time is written in UTC, so the session's time zone does not matter. A column
  -- added to the table later must be left out here while it is null, or every older hash would change.
  return nemo_private.sha256_hex(
    entry.previous_hash || ':' ||
    (to_jsonb(entry) - 'hash'
      || jsonb_build_object('occurred_at', to_char(entry.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::text);
end
$$;
comment on function nemo_private.audit_hash(nemo.audit_log) is
  'SHA-256 hex of previous_hash, a colon, and the entry as jsonb text without "hash", occurred_at in UTC with microseconds.';

create function nemo_private.append_audit(
  organization_id uuid,
  action text,
  target_kind text,
  target_id text,
  template_id text default null,
  before jsonb default null,
  after jsonb default null,
  actor_kind text default null,
  actor_id uuid default null,
  ip inet default null,
  user_agent text default null
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  head nemo_private.audit_heads;
  entry nemo.audit_log;
begin
  perform nemo_private.hold_organization(append_audit.organization_id);
  select * into head from nemo_private.audit_heads h
  where h.organization_id = append_audit.organization_id for update;
  if not found then
    insert into nemo_private.audit_heads as h (organization_id, sequence, hash)
    values (append_audit.organization_id, 0, repeat('0', 64))
    on conflict on constraint audit_heads_pkey do nothing;
    select * into strict head from nemo_private.audit_heads h
    where h.organization_id = append_audit.organization_id for update;
  end if;

  entry.organization_id := append_audit.organization_id;
  entry.sequence := head.sequence + 1;
  -- Read after the lock, so that times rise along the chain.
  entry.occurred_at := clock_timestamp();
  entry.action := append_audit.action;
  entry.target_kind := append_audit.target_kind;
  entry.target_id := append_audit.target_id;
  entry.template_id := append_audit.template_id;
  entry.before := append_audit.before;
  entry.after := append_audit.after;
  entry.previous_hash := head.hash;

  if append_audit.actor_kind is null then
    entry.actor_id := nemo_private.current_user_id();
    entry.actor_kind := case when entry.actor_id is null then 'system' else 'user' end;
    entry.ip := nemo_private.client_ip();
    entry.user_agent := nemo_private.client_agent();
  else
    entry.actor_kind := append_audit.actor_kind;
    entry.actor_id := append_audit.actor_id;
    entry.ip := coalesce(append_audit.ip, nemo_private.client_ip());
    entry.user_agent := coalesce(left(append_audit.user_agent, 512), nemo_private.client_agent());
  end if;
  entry.actor_name := nemo_private.actor_name(entry.actor_kind, entry.actor_id);
  entry.hash := nemo_private.audit_hash(entry);

  insert into nemo.audit_log select entry.*;
  update nemo_private.audit_heads h set sequence = entry.sequence, hash = entry.hash
  where h.organization_id = append_audit.organization_id;
  return entry.sequence;
end
$$;
comment on function nemo_private.append_audit(uuid, text, text, text, text, jsonb, jsonb, text, uuid, inet, text) is
  'Writes one audit entry in the caller''s transaction and returns its sequence. Without actor_kind the actor, address and agent are those of the request; the gateway and scheduled jobs say for whom they act.';

create function nemo_private.actor_name(actor_kind text, actor_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  case actor_name.actor_kind
    when 'user' then return (select u.email::text from auth.users u where u.id = actor_name.actor_id);
    -- A table of a later file: looked for when it is first asked.
    when 'api_key' then return (select k.name from nemo.api_keys k where k.id = actor_name.actor_id);
    else return null;
  end case;
end
$$;
comment on function nemo_private.actor_name(text, uuid) is 'A person''s e-mail or a key''s name, as it is now.';

revoke execute on all functions in schema nemo_private from public;
