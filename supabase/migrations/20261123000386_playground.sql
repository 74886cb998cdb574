-- Trying a text before it is saved, and saved versions on many cases. What is tried goes through the gateway like any request (limits,
-- credit, log, charge, the organization's own provider), so it needs a key; but the people who use it have none,
-- and must not be handed one.
--
-- So each organization has at most one key for the playground. Its secret is worked out by the edge function
-- `prompts` from a secret of the project whenever it is needed, is kept nowhere and never leaves the server; this
-- function is told its hash and says whether the person may. A key of its own, and not the organization's first
-- one: logs and spending show what was tried, limits can be set for it, and revoking it switches the playground off.

create function nemo.open_playground(template_id text, key_hash text)
returns nemo.api_keys
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(open_playground.template_id, 'member');
  opened nemo.api_keys;
begin
  select * into opened from nemo.api_keys k
  where k.organization_id = template.organization_id and k.purpose = 'playground';
  if opened.revoked_at is not null then
    perform nemo_private.fail('NM042', 'The playground is switched off: its key was revoked.',
      'An admin switches it on again with restore_playground.');
  elsif opened.id is null then
    insert into nemo.api_keys (organization_id, name, prefix, purpose, requests_per_minute, created_by)
    values (template.organization_id, 'Playground', 'nemo_sk_inside', 'playground', 600, nemo_private.current_user_id())
    on conflict do nothing
    returning * into opened;
    if opened.id is not null then
      perform nemo_private.announce_key(opened, 'api_key.created',
        after => jsonb_build_object('name', opened.name, 'purpose', opened.purpose, 'requests_per_minute', opened.requests_per_minute));
    else
      -- Two first runs at once: the other one made it.
      select * into opened from nemo.api_keys k
      where k.organization_id = template.organization_id and k.purpose = 'playground';
    end if;
  end if;
  -- The project's secret may have been rotated since, and the key's secret with it.
  insert into nemo_private.api_key_hashes as h (key_hash, api_key_id) values (open_playground.key_hash, opened.id)
  on conflict (api_key_id) do update set key_hash = excluded.key_hash where h.key_hash <> excluded.key_hash;
  return opened;
end
$$;
comment on function nemo.open_playground(text, text) is
  'The key that the playground uses for this template''s organization, made when it is first needed; key_hash is the SHA-256 of its secret. For the edge function alone, acting for a person (member). NM002, NM003, NM023, NM042 switched off.';

create function nemo.restore_playground(organization_id uuid)
returns nemo.api_keys
language plpgsql
security definer
set search_path = ''
as $$
declare
  restored nemo.api_keys;
begin
  perform nemo_private.require_role(restore_playground.organization_id, 'admin');
  perform nemo_private.hold_organization(restore_playground.organization_id);
  update nemo.api_keys k set revoked_at = null, revoked_by = null
  where k.organization_id = restore_playground.organization_id and k.purpose = 'playground' and k.revoked_at is not null
  returning * into restored;
  if restored.id is null then
    select * into restored from nemo.api_keys k
    where k.organization_id = restore_playground.organization_id and k.purpose = 'playground';
    return restored;
  end if;
  perform nemo_private.announce_key(restored, 'api_key.restored', after => jsonb_build_object('name', restored.name, 'purpose', restored.purpose));
  return restored;
end
$$;
comment on function nemo.restore_playground(uuid) is
  'Switches the playground on again after its key was revoked (admin). Nothing happens when it is on; null before its first use. NM002, NM003.';

-- The first is for the edge function, which works out the secret; a person has no hash to give.
revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.open_playground(text, text) to service_role;
grant execute on function nemo.restore_playground(uuid) to authenticated, service_role;
