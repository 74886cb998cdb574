-- The other ways in which people and programs write a contract, brought into the one that is kept.

create function nemo_private.settled_contract(contract jsonb, config jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  options constant text[] := array['trim_blocks', 'lstrip_blocks', 'keep_trailing_newline'];
  settled jsonb := case jsonb_typeof(settled_contract.contract)
    when 'array' then jsonb_build_object('variables', settled_contract.contract) else settled_contract.contract end;
  loose jsonb;
begin
  if jsonb_typeof(settled) is distinct from 'object' then
    return settled;
  end if;
  -- What a provider would refuse or ignore means the template, wherever it stands; the contract itself has the last word.
  if jsonb_typeof(settled_contract.config) = 'object' and settled_contract.config ? 'variables_mode' then
    settled := jsonb_build_object('variables_mode', settled_contract.config -> 'variables_mode') || settled;
  end if;
  select jsonb_object_agg(o.key, o.value) into loose
  from jsonb_each(case jsonb_typeof(settled_contract.config) when 'object' then settled_contract.config else '{}' end || settled) o
  where o.key = any (options);
  if loose is not null and jsonb_typeof(coalesce(settled -> 'options', '{}')) = 'object' then
    settled := (settled - options) || jsonb_build_object('options', loose || coalesce(settled -> 'options', '{}'));
  end if;
  if jsonb_typeof(settled -> 'variables') = 'array' then
    -- A name that is missing or said twice leaves the list a list, which is refused.
    settled := settled || coalesce((
      select jsonb_build_object('variables', coalesce(jsonb_object_agg(v.value ->> 'name', v.value - 'name'), '{}'))
      from jsonb_array_elements(settled -> 'variables') v
      where jsonb_typeof(v.value) = 'object' and jsonb_typeof(v.value -> 'name') = 'string'
      having count(*) = jsonb_array_length(settled -> 'variables') and count(*) = count(distinct v.value ->> 'name')), '{}');
  end if;
  return settled;
end
$$;
comment on function nemo_private.settled_contract(jsonb, jsonb) is
  'A contract as prompt_versions.contract says: variables may be a list of {"name", …}, the list may be the whole contract, and variables_mode and the options for blanks may stand in the config or beside the variables. What cannot be read so stays as it is.';

create function nemo_private.settled_config(config jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case jsonb_typeof(settled_config.config)
    when 'object' then settled_config.config - array['variables_mode', 'trim_blocks', 'lstrip_blocks', 'keep_trailing_newline']
    else settled_config.config end
$$;
comment on function nemo_private.settled_config(jsonb) is 'A config without what settled_contract has taken from it.';

revoke execute on all functions in schema nemo_private from public;
