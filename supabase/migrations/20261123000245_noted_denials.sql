-- Counting refused calls of database functions. Such a call rolls back, and a row about it would be rolled back with
-- it. What a rolled back transaction does leave behind is the value of a sequence. So a refusal is counted in one of
-- 64 sequences, and collect_denials makes rows of them: when the library's totals are read, and with the gateway's
-- housekeeping. A sequence counts for one thing (a template, or an organization) until it was collected, so 64
-- things can be asked for between two collections however often; what does not fit is counted all together, in
-- uncounted_denials. Calls that only read come in transactions that may write nothing at all; their refusals are not
-- counted.

create function nemo_private.short_hash(thing text)
returns bigint
-- An index asks it in every change of a template, hence PL/pgSQL, which keeps its plan.
language plpgsql
immutable
set search_path = ''
as $$
begin
  return hashtextextended(short_hash.thing, 0) & x'ffffffffffff'::bigint;
end
$$;
comment on function nemo_private.short_hash(text) is '48 bits of a hash of an id: what a sequence has room for beside a count of 15 bits.';
create index prompt_templates_short_hash_idx on nemo.prompt_templates (nemo_private.short_hash(id));
create index organizations_short_hash_idx on nemo.organizations (nemo_private.short_hash(id::text));

create table nemo_private.denials_collected (
  slot integer primary key check (slot between 0 and 63),
  value bigint not null default 0
);
comment on table nemo_private.denials_collected is 'How far each of the 64 sequences has been made into rows.';
comment on column nemo_private.denials_collected.slot is 'Which sequence: nemo_private.denial_slot_<slot>.';
comment on column nemo_private.denials_collected.value is 'Its value when it was last collected: hash of the thing, then the count. While it still has this value the sequence is free for another thing.';
alter table nemo_private.denials_collected enable row level security, force row level security;
insert into nemo_private.denials_collected (slot) select generate_series(0, 63);

do $$
begin
  for slot in 0 .. 63 loop
    execute format('create sequence nemo_private.denial_slot_%s minvalue 0', slot);
  end loop;
end
$$;
create sequence nemo_private.denials_without_slot;

create function nemo_private.note_denial(thing_id text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  hash constant bigint := nemo_private.short_hash(note_denial.thing_id);
  most constant bigint := 32767;
  slot text;
  value bigint;
begin
  if note_denial.thing_id is null or current_setting('transaction_read_only')::boolean then
    return;
  end if;
  -- Made-up ids take up no room, or whoever makes up enough of them would hide what else they ask for.
  if not exists (select from nemo.organizations o where o.id = nemo_private.to_uuid(note_denial.thing_id))
    and not exists (select from nemo.prompt_templates t where t.id = note_denial.thing_id)
  then
    return;
  end if;
  -- One at a time, for the moment until the refusal that follows ends the transaction.
  perform pg_advisory_xact_lock(hashtextextended('nemo.note_denial', 4));
  for probe in 0 .. 63 loop
    slot := format('nemo_private.denial_slot_%s', (hash + probe) % 64);
    execute format('select s.last_value from %s s', slot) into value;
    if value >> 15 = hash then
      if value & most < most then
        perform nextval(slot::regclass);
        return;
      end if;
    elsif value = (select c.value from nemo_private.denials_collected c where c.slot = (hash + probe) % 64) then
      perform setval(slot::regclass, hash << 15 | 1);
      return;
    end if;
  end loop;
  perform nextval('nemo_private.denials_without_slot');
end
$$;
comment on function nemo_private.note_denial(text) is
  'Counts, past the rollback that follows, that a thing was asked for by somebody outside its organization: a template''s or an organization''s id. Nothing happens when there is no such thing.';

create function nemo_private.collect_denials()
returns void
language plpgsql
set search_path = ''
as $$
declare
  collected nemo_private.denials_collected;
  reached bigint;
  n integer;
begin
  if current_setting('transaction_read_only')::boolean then
    return;
  end if;
  -- What somebody else is collecting is left to them.
  for collected in select * from nemo_private.denials_collected c order by c.slot for no key update skip locked loop
    execute format('select s.last_value from nemo_private.denial_slot_%s s', collected.slot) into reached;
    continue when reached = collected.value;
    n := (reached & 32767) - case when reached >> 15 = collected.value >> 15 then collected.value & 32767 else 0 end;
    -- At most 64 rows: of a flood the last one stands for the rest.
    insert into nemo.access_denials (organization_id, template_id, source, attempts)
    select protected.organization_id, protected.template_id, 'rpc', case when place = 64 then n - 63 else 1 end
    from (
      select o.id as organization_id, t.id as template_id
      from nemo.prompt_templates t join nemo.organizations o on o.id = t.organization_id
      where nemo_private.short_hash(t.id) = reached >> 15
      union all
      select o.id, null from nemo.organizations o where nemo_private.short_hash(o.id::text) = reached >> 15
      limit 1
    ) protected
    -- Held, so that one which is deleted meanwhile is left out.
    join lateral (
      select from nemo.organizations o where o.id = protected.organization_id for key share
    ) held on true
    cross join generate_series(1, least(n, 64)) place;
    update nemo_private.denials_collected c set value = reached where c.slot = collected.slot;
  end loop;
end
$$;
comment on function nemo_private.collect_denials() is 'Makes rows of the refusals that were counted since the last time.';

create function nemo_private.uncounted_denials()
returns bigint
language sql
stable
set search_path = ''
as $$
  select case when s.is_called then s.last_value else 0 end from nemo_private.denials_without_slot s
$$;
comment on function nemo_private.uncounted_denials() is
  'How many refusals, since the database was made, are in no row of access_denials because 64 other things were asked for between two collections. For the operator.';

revoke execute on all functions in schema nemo_private from public;
