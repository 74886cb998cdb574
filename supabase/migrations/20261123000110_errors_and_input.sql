-- How a refusal is said, and how text and names from outside are checked.
--
-- Every refusal carries a five character code beginning with NM, a sentence, and a hint that says what to
-- do. Callers branch on the code; people read the sentence. The codes are listed in
-- functions/_shared/core/errors/database-errors.ts and explained in docs/errors.md; a test compares both
-- with the codes used in the database.

create function nemo_private.fail(code text, message text, hint text default null, detail text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = fail.code,
    message = fail.message,
    hint = coalesce(fail.hint, ''),
    detail = coalesce(fail.detail, '');
end
$$;
comment on function nemo_private.fail(text, text, text, text) is
  'Refuses the call with a code from docs/errors.md (SQLSTATE NMxxx), a sentence, what to do, and optional JSON detail for programs.';

create function nemo_private.has_control_characters(value text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Tab, line feed and carriage return are text; every other C0 character and DEL is not.
  return value ~ '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]';
end
$$;
comment on function nemo_private.has_control_characters(text) is
  'True when the text holds a control character other than tab, line feed and carriage return.';

create function nemo_private.check_text(value text, what text, max_length integer, required boolean default false)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  trimmed text := btrim(check_text.value, E' \t\r\n');
begin
  if check_text.required and coalesce(trimmed, '') = '' then
    perform nemo_private.fail('NM010', format('The %s is missing.', check_text.what),
      format('Give a %s that is not empty.', check_text.what));
  end if;
  if length(trimmed) > check_text.max_length then
    perform nemo_private.fail('NM011',
      format('The %s is longer than %s characters.', check_text.what, check_text.max_length), 'Shorten it.');
  end if;
  if nemo_private.has_control_characters(trimmed) then
    perform nemo_private.fail('NM012', format('The %s contains control characters.', check_text.what),
      'Remove them; only tabs and line breaks are allowed.');
  end if;
  return coalesce(trimmed, '');
end
$$;
comment on function nemo_private.check_text(text, text, integer, boolean) is
  'Trims a text from outside and refuses it when missing (NM010), too long (NM011) or with control characters (NM012). Null becomes the empty string unless required.';

create function nemo_private.is_slug(value text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- No "@" and "/", because callers write model "nemo/<slug>@<label>"; not "tpl_", which begins an id.
  return value ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$' and value !~ '^tpl_';
end
$$;
comment on function nemo_private.is_slug(text) is
  'True for a name of 1 to 64 characters a-z, 0-9, dot, underscore, hyphen, beginning and ending with a letter or digit, that cannot be mistaken for a template id.';

create function nemo_private.check_slug(value text, what text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  checked text := nemo_private.check_text(check_slug.value, check_slug.what, 64, required => true);
begin
  if not nemo_private.is_slug(checked) then
    perform nemo_private.fail('NM013', format('"%s" is not a %s.', checked, check_slug.what),
      'Use 1 to 64 characters a-z, 0-9, ".", "_" and "-", beginning and ending with a letter or digit, and not beginning with "tpl_".');
  end if;
  return checked;
end
$$;
comment on function nemo_private.check_slug(text, text) is
  'Refuses a name that cannot be part of a model name such as nemo/support-agent (NM013).';

create function nemo_private.check_choice(value text, what text, choices text[])
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if check_choice.value is null or not check_choice.value = any (check_choice.choices) then
    perform nemo_private.fail('NM014',
      format('%s is not a %s.', coalesce('"' || left(check_choice.value, 60) || '"', 'Nothing'), check_choice.what),
      format('Use one of: %s.', array_to_string(check_choice.choices, ', ')));
  end if;
  return check_choice.value;
end
$$;
comment on function nemo_private.check_choice(text, text, text[]) is
  'Refuses a value that is not in a closed list (NM014) and names the list.';

create function nemo_private.check_range(value bigint, what text, lowest bigint, highest bigint)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  if check_range.value is not null and check_range.value not between check_range.lowest and check_range.highest then
    perform nemo_private.fail('NM015', format('The %s %s is out of range.', check_range.what, check_range.value),
      format('Give a number from %s to %s.', check_range.lowest, check_range.highest));
  end if;
  return check_range.value;
end
$$;
comment on function nemo_private.check_range(bigint, text, bigint, bigint) is
  'Refuses a number outside its bounds (NM015). Null passes: it means "no limit" or "default" to every caller.';

create function nemo_private.random_token(prefix text)
returns text
language sql
volatile
set search_path = ''
as $$
  -- 32 bytes of the operating system's randomness, in the URL-safe alphabet of RFC 4648 without padding.
  select random_token.prefix || translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/=' || chr(10), '-_')
$$;
comment on function nemo_private.random_token(text) is
  'A new secret of 256 random bits, base64url, behind a prefix that says what it is.';

create function nemo_private.sha256_hex(value text)
returns text
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(value, 'UTF8')), 'hex');
end
$$;
comment on function nemo_private.sha256_hex(text) is 'SHA-256 of the text''s UTF-8 bytes, in lower-case hexadecimal.';

revoke execute on all functions in schema nemo_private from public;
