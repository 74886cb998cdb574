-- The text of a version. A version is JSON, but people read text: so it is written out as one, and that text is what
-- is compared. functions/_shared/core/versions/version-text.ts writes the same text, for previews and for diffs between
-- any two versions; a test holds the two together.

create function nemo_private.json_text(value jsonb, indent integer default 0)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  inner_break text := chr(10) || repeat('  ', json_text.indent + 1);
  outer_break text := chr(10) || repeat('  ', json_text.indent);
begin
  case jsonb_typeof(json_text.value)
    when 'object' then
      if json_text.value = '{}' then return '{}'; end if;
      return '{' || (
        select string_agg(inner_break || to_jsonb(e.key)::text || ': ' || nemo_private.json_text(e.value, json_text.indent + 1),
                          ',' order by e.key collate "C")
        from jsonb_each(json_text.value) e) || outer_break || '}';
    when 'array' then
      if json_text.value = '[]' then return '[]'; end if;
      return '[' || (
        select string_agg(inner_break || nemo_private.json_text(e.value, json_text.indent + 1), ',' order by e.place)
        from jsonb_array_elements(json_text.value) with ordinality e (value, place)) || outer_break || ']';
    when 'number' then
      -- 1.50 and 1.5 are one number to every program that reads JSON.
      return trim_scale((json_text.value #>> '{}')::numeric)::text;
    else
      return json_text.value::text;
  end case;
end
$$;
comment on function nemo_private.json_text(jsonb, integer) is
  'JSON with two spaces of indentation and keys in code point order, as JSON.stringify(value, null, 2) writes it after sorting keys.';

create function nemo_private.version_text(messages jsonb, config jsonb, contract jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  -- Always ends in a line feed, so that no diff needs a "no newline at end of file".
  select coalesce((
      select string_agg('[' || (m.value ->> 'role') || ']' || chr(10) || (m.value ->> 'content') || chr(10), chr(10) order by m.place)
      from jsonb_array_elements(version_text.messages) with ordinality m (value, place)), '')
    || case when version_text.config = '{}' then '' else chr(10) || '[config]' || chr(10) || nemo_private.json_text(version_text.config) || chr(10) end
    || case when version_text.contract = '{}' then '' else chr(10) || '[contract]' || chr(10) || nemo_private.json_text(version_text.contract) || chr(10) end
$$;
comment on function nemo_private.version_text(jsonb, jsonb, jsonb) is
  'A version as text: each message under its role in brackets, then config and contract as JSON where they are not empty.';

revoke execute on all functions in schema nemo_private from public;
