-- Saving a version: checked, numbered under the template's lock, compared with its parent.

create function nemo_private.check_messages(messages jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  message jsonb;
  bytes bigint := 0;
begin
  if jsonb_typeof(check_messages.messages) is distinct from 'array' or jsonb_array_length(check_messages.messages) not between 1 and 100 then
    perform nemo_private.fail('NM018', 'The messages are not a list of 1 to 100 messages.',
      'Give [{"role": "system", "content": "…"}, …].');
  end if;
  for message in select value from jsonb_array_elements(check_messages.messages) loop
    if jsonb_typeof(message) is distinct from 'object'
      or coalesce(message ->> 'role', '') not in ('system', 'developer', 'user', 'assistant')
      or jsonb_typeof(message -> 'content') is distinct from 'string'
      or message - 'role' - 'content' <> '{}'
    then
      perform nemo_private.fail('NM018', 'A message is not a role with a text.',
        'Each message has exactly "role" (system, developer, user or assistant) and "content" (a text).');
    end if;
    if nemo_private.has_control_characters(message ->> 'content') then
      perform nemo_private.fail('NM012', 'A message contains control characters.', 'Remove them; only tabs and line breaks are allowed.');
    end if;
    bytes := bytes + octet_length(message ->> 'content');
  end loop;
  if bytes > 65536 then
    perform nemo_private.fail('NM011', format('The messages have %s bytes; a prompt may have 65536.', bytes), 'Shorten them.');
  end if;
  return check_messages.messages;
end
$$;
comment on function nemo_private.check_messages(jsonb) is
  'Refuses messages that are not [{role, content}] (NM018), over 64 KiB in all (NM011) or with control characters (NM012).';

create function nemo_private.check_settings(value jsonb, what text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(check_settings.value) is distinct from 'object' then
    perform nemo_private.fail('NM019', format('The %s is not an object.', check_settings.what), 'Give a JSON object, or leave it out.');
  end if;
  if octet_length(check_settings.value::text) > 65536 then
    perform nemo_private.fail('NM011', format('The %s is longer than 65536 bytes.', check_settings.what), 'Shorten it.');
  end if;
  -- Deeper values would exhaust the stack when they are written out as text, here and in every later save.
  if check_settings.value @? '$.**{64}' then
    perform nemo_private.fail('NM019', format('The %s is nested more than 63 levels deep.', check_settings.what), 'Make it flatter.');
  end if;
  return check_settings.value;
end
$$;
comment on function nemo_private.check_settings(jsonb, text) is 'Refuses config or contract that is not an object or nested too deeply (NM019), or over 64 KiB (NM011).';

create function nemo_private.check_contract(contract jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  perform nemo_private.check_settings(check_contract.contract, 'contract');
  if check_contract.contract - 'variables' - 'variables_mode' - 'options' <> '{}'
    or jsonb_typeof(coalesce(check_contract.contract -> 'variables', '{}')) <> 'object'
    or jsonb_typeof(coalesce(check_contract.contract -> 'options', '{}')) <> 'object'
    or coalesce(check_contract.contract -> 'variables_mode', '"strict"') not in ('"strict"', '"lenient"')
  then
    perform nemo_private.fail('NM019', 'The contract has parts it cannot have.',
      'It may have "variables" (an object, or a list of {"name", …}), "variables_mode" ("strict" or "lenient") and "options" (an object).');
  end if;
  return check_contract.contract;
end
$$;
comment on function nemo_private.check_contract(jsonb) is 'Refuses a contract of another shape than prompt_versions.contract says (NM011, NM019).';

create function nemo_private.pins_of(template nemo.prompt_templates, messages jsonb, kept jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  names text[] := nemo_private.included_names(pins_of.messages);
begin
  if names = '{}' then
    return '{}'::jsonb;
  end if;
  -- One at a time: two that begin to include each other at once would each see the other as it was before.
  perform pg_advisory_xact_lock(hashtextextended((pins_of.template).organization_id::text, 5));
  return nemo_private.check_pins(pins_of.template,
    nemo_private.find_pins((pins_of.template).organization_id, pins_of.messages)
    || (select coalesce(jsonb_object_agg(k.key, k.value), '{}') from jsonb_each(pins_of.kept) k where k.key = any (names)));
end
$$;
comment on function nemo_private.pins_of(nemo.prompt_templates, jsonb, jsonb) is
  'What the includes of messages are pinned to in a new version: to what kept says of their names, else to what they mean now. NM011, NM026.';

create function nemo_private.store_version(
  template_id text, messages jsonb, config jsonb, contract jsonb, note text, expected_version integer, kept_pins jsonb
)
returns nemo.prompt_versions
language plpgsql
set search_path = ''
as $$
declare
  -- Locks the template, so that of two people who save at once one goes first and the other is told.
  template nemo.prompt_templates := nemo_private.require_template(store_version.template_id, 'member');
  parent nemo.prompt_versions;
  made nemo.prompt_versions;
begin
  made.messages := nemo_private.check_messages(store_version.messages);
  made.config := nemo_private.check_settings(nemo_private.settled_config(coalesce(store_version.config, '{}')), 'config');
  made.contract := nemo_private.check_contract(
    nemo_private.settled_contract(coalesce(store_version.contract, '{}'), store_version.config));
  made.note := nemo_private.check_text(store_version.note, 'note', 2000);
  made.pins := nemo_private.pins_of(template, made.messages, store_version.kept_pins);
  made.content_hash := nemo_private.content_hash(made.messages, made.config, made.contract);

  select * into parent from nemo.prompt_versions v where v.template_id = template.id and v.version = template.latest_version;
  if store_version.expected_version <> template.latest_version then
    perform nemo_private.fail('NM020',
      format('Version %s was saved by %s at %s; you began from version %s.', template.latest_version,
        coalesce(nemo_private.actor_name('user', parent.created_by), 'the system'),
        to_char(parent.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), store_version.expected_version),
      'Look at what changed, then save again from the newest version.',
      jsonb_build_object('latest_version', template.latest_version, 'created_by', parent.created_by, 'created_at', parent.created_at)::text);
  end if;
  -- The same text is a new version when what it includes has a newer one: that is how includes are brought up to date.
  if parent.content_hash = made.content_hash and parent.pins = made.pins then
    perform nemo_private.fail('NM021', format('Nothing differs from version %s, so no version was made.', parent.version),
      'Change the messages, config or contract first.');
  end if;

  insert into nemo.prompt_versions
    (organization_id, template_id, version, parent_version, messages, config, contract, pins, note, diff, content_hash, created_by)
  values (
    template.organization_id, template.id, template.latest_version + 1, parent.version,
    made.messages, made.config, made.contract, made.pins, made.note,
    case when parent.version is not null then nemo_private.structured_patch(
      'v' || parent.version, 'v' || template.latest_version + 1,
      nemo_private.version_text(parent.messages, parent.config, parent.contract),
      nemo_private.version_text(made.messages, made.config, made.contract)) end,
    made.content_hash, nemo_private.current_user_id())
  returning * into made;
  update nemo.prompt_templates t set latest_version = made.version, updated_at = now() where t.id = template.id;
  perform nemo_private.append_audit(made.organization_id, 'version.saved', 'version', made.template_id || '@v' || made.version,
    made.template_id, after => jsonb_build_object('version', made.version, 'parent_version', made.parent_version,
      'note', made.note, 'content_hash', made.content_hash, 'diff', made.diff));
  perform nemo_private.broadcast(made.organization_id, 'version.saved',
    jsonb_build_object('template_id', made.template_id, 'version', made.version));
  return made;
end
$$;
comment on function nemo_private.store_version(text, jsonb, jsonb, jsonb, text, integer, jsonb) is
  'Saves the next version for a member: what save_version does, with pins that stay as they are.';

create function nemo.save_version(
  template_id text,
  messages jsonb,
  config jsonb default '{}',
  contract jsonb default '{}',
  note text default '',
  expected_version integer default null
)
returns nemo.prompt_versions
language sql
security definer
set search_path = ''
as $$
  select nemo_private.store_version(save_version.template_id, save_version.messages, save_version.config,
    save_version.contract, save_version.note, save_version.expected_version, '{}')
$$;
comment on function nemo.save_version(text, jsonb, jsonb, jsonb, text, integer) is
  'Saves a whole snapshot as the next version (member); what is left out is empty, not inherited. variables_mode and the options for blanks belong to the contract and are moved there from the config. Templates it includes are pinned to the version they mean now. With expected_version, the latest version the author saw, a stale save is refused with NM020, whose detail is {"latest_version", "created_by", "created_at"}. NM002, NM003, NM010–NM012, NM018 messages, NM019 config or contract, NM021 nothing changed, NM023 deleted, NM026 would include itself.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.save_version(text, jsonb, jsonb, jsonb, text, integer) to authenticated, service_role;
