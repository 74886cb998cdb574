-- Templates that include others. Which version an include means is decided when the including version is saved
-- and never again: a version says the same for ever, whatever happens to the templates it includes.
--
-- An include names a template of the same organization by its slug, "tone", or one version of it, "tone@v3".
-- Without a number the active version is meant, or the latest where none is active. A deleted template is not
-- found by new saves; versions that included it before keep what they were saved with.

create function nemo_private.included_names(messages jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  -- Not a parser: every quoted name in an include, import, from or extends tag. A name too many pins something that
  -- nothing reads; a name that is calculated is not found, and lint says so. Comments, raw text, outputs and other tags
  -- are matched as well, so that what stands in them is passed over. No part needs its end: each is read only once.
  select coalesce(array_agg(distinct quoted.parts[1]), '{}')
  from jsonb_array_elements(included_names.messages) m,
    regexp_matches(m.value ->> 'content',
      '\{#(?:[^#]|#(?!\}))*|\{\{(?:[^}]|\}(?!\}))*'
      '|\{%[-+]?\s*raw\s*[-+]?%\}(?:[^{]|\{(?!%[-+]?\s*endraw))*'
      '|\{%(?![-+]?\s*(?:raw\s*[-+]?%\}|(?:include|import|from|extends)\s))(?:[^%]|%(?!\}))*'
      '|\{%[-+]?\s*(?:include|import|from|extends)\s((?:[^%]|%(?!\}))*)', 'g') as tag (parts),
    regexp_matches(tag.parts[1], '["'']([^"''\s]{1,100})["'']', 'g') as quoted (parts)
$$;
comment on function nemo_private.included_names(jsonb) is 'The names of templates that messages include, import or extend, as they are written there.';

create function nemo_private.find_pins(organization_id uuid, messages jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(n.name, jsonb_build_object('template_id', v.template_id, 'version', v.version)), '{}')
  from (
    select name, split_part(name, '@v', 1) as slug, substring(name from '@v([0-9]{1,9})$')::integer as number
    from unnest(nemo_private.included_names(find_pins.messages)) name
    where name ~ '^[^@]+(@v[0-9]{1,9})?$'
  ) n
  join nemo.prompt_templates t
    on t.organization_id = find_pins.organization_id and t.name = n.slug and t.deleted_at is null
  join nemo.prompt_versions v
    on v.organization_id = t.organization_id and v.template_id = t.id
    and v.version = coalesce(n.number, t.active_version, t.latest_version)
$$;
comment on function nemo_private.find_pins(uuid, jsonb) is
  'What the includes of messages mean just now: {name as written: {"template_id", "version"}}. Names of nothing, of deleted templates and of other organizations'' templates are absent.';

create function nemo_private.included_versions(organization_id uuid, pins jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with recursive reached (template_id, version) as (
    select p.value ->> 'template_id', (p.value ->> 'version')::integer from jsonb_each(included_versions.pins) p
    union
    select p.value ->> 'template_id', (p.value ->> 'version')::integer
    from reached r
    join nemo.prompt_versions v on v.organization_id = included_versions.organization_id
      and v.template_id = r.template_id and v.version = r.version
    cross join jsonb_each(v.pins) p
  )
  select coalesce(jsonb_agg(jsonb_build_object('template_id', v.template_id, 'version', v.version, 'name', t.name,
    'messages', v.messages, 'contract', v.contract, 'pins', v.pins)), '[]')
  from reached r
  join nemo.prompt_versions v on v.organization_id = included_versions.organization_id
    and v.template_id = r.template_id and v.version = r.version
  join nemo.prompt_templates t on t.id = v.template_id
$$;
comment on function nemo_private.included_versions(uuid, jsonb) is
  'All versions reached from pins, directly or through other pins: [{template_id, version, name, messages, contract, pins}]. Only the organization''s own.';

create function nemo_private.include_leading_back(template nemo.prompt_templates, pins jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  -- Pins alone cannot go round in a circle, for they point at what was there before. But what a template says now counts
  -- as well, its active and its latest version: pinned anew, the circle would be closed.
  with recursive reached (include, template_id, version) as (
    select p.key, p.value ->> 'template_id', (p.value ->> 'version')::integer
    from jsonb_each(include_leading_back.pins) p
    union
    select r.include, n.template_id, n.version
    from reached r
    cross join lateral (
      select p.value ->> 'template_id' as template_id, (p.value ->> 'version')::integer as version
      from nemo.prompt_versions v cross join jsonb_each(v.pins) p
      where v.organization_id = (include_leading_back.template).organization_id
        and v.template_id = r.template_id and v.version = r.version
      union all
      select t.id, now_said.version
      from nemo.prompt_templates t cross join lateral (values (t.active_version), (t.latest_version)) now_said (version)
      where t.organization_id = (include_leading_back.template).organization_id
        and t.id = r.template_id and t.id <> (include_leading_back.template).id and now_said.version is not null
    ) n
  )
  select min(r.include) from reached r where r.template_id = (include_leading_back.template).id
$$;
comment on function nemo_private.include_leading_back(nemo.prompt_templates, jsonb) is
  'The first of the includes by which a template would include itself, directly or by way of others; null when none does.';

create function nemo_private.check_pins(template nemo.prompt_templates, pins jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  name text := (check_pins.template).name;
  bytes integer := octet_length(nemo_private.included_versions((check_pins.template).organization_id, check_pins.pins)::text);
  back text := nemo_private.include_leading_back(check_pins.template, check_pins.pins);
begin
  if bytes > 262144 then
    perform nemo_private.fail('NM011', format('The included templates have %s bytes in all; they may have 262144.', bytes),
      'Include fewer or shorter templates.');
  end if;
  if split_part(back, '@v', 1) = name then
    perform nemo_private.fail('NM026', format('"%s" would include itself.', name), 'Take this include out.');
  elsif back is not null then
    perform nemo_private.fail('NM026', format('"%s" includes "%s", which leads back to it.', name, back),
      'Take this include out, or the one that leads back.');
  end if;
  return check_pins.pins;
end
$$;
comment on function nemo_private.check_pins(nemo.prompt_templates, jsonb) is
  'Refuses pins that reach more than 256 KiB of versions (NM011), which every render would carry along, or that lead back to the template itself (NM026).';

create function nemo.prompt_includes(template_id text, version integer default null, messages jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates;
  pins jsonb;
begin
  select * into template from nemo.prompt_templates t where t.id = prompt_includes.template_id;
  perform nemo_private.require_role(template.organization_id, 'viewer', 'template', template.id);
  if template.deleted_at is not null then
    perform nemo_private.fail('NM023', 'This template is deleted.', 'An admin can restore it with restore_template.');
  end if;
  pins := case when prompt_includes.version is not null
    then (nemo_private.require_version(template.id, prompt_includes.version)).pins
    else nemo_private.find_pins(template.organization_id, nemo_private.check_messages(prompt_includes.messages)) end;
  return jsonb_build_object('name', template.name, 'pins', pins,
    'versions', nemo_private.included_versions(template.organization_id, pins));
end
$$;
comment on function nemo.prompt_includes(text, integer, jsonb) is
  'What a version of a template includes or, without a version, what these messages would if they were saved now (viewer): {"name" of the template, "pins", "versions": [{template_id, version, name, messages, contract, pins}]}. NM002, NM003, NM018 messages, NM023 deleted, NM024 no such version.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.prompt_includes(text, integer, jsonb) to authenticated, service_role;
