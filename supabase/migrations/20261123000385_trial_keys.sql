-- Keys with which a person tries a template from the dashboard: in the playground, or in a replay.

create table nemo_private.trial_keys (
  api_key_id uuid primary key references nemo.api_keys (id) on delete cascade
);
comment on table nemo_private.trial_keys is 'The keys made for trying: what was asked with them is not traffic, so it is neither planned with nor replayed.';
comment on column nemo_private.trial_keys.api_key_id is 'The key.';
alter table nemo_private.trial_keys enable row level security, force row level security;

create function nemo.create_trial_key(template_id text, out id uuid, out key text, out expires_at timestamptz)
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(create_trial_key.template_id, 'member');
  made nemo.api_keys;
begin
  -- Whoever may activate a version may have the gateway answer with it. What makes that harmless where keys in
  -- general are for admins: it opens one template, for an hour, and admins see and can revoke it like any key.
  create_trial_key.key := nemo_private.random_token('nemo_sk_');
  insert into nemo.api_keys (organization_id, name, prefix, scopes, expires_at, created_by)
  values (
    template.organization_id,
    left(concat_ws(' ', 'Trial of', template.name, 'by', nemo_private.actor_name('user', nemo_private.current_user_id())), 100),
    left(create_trial_key.key, 14), array[template.id], now() + interval '1 hour', nemo_private.current_user_id())
  returning * into made;
  insert into nemo_private.api_key_hashes (key_hash, api_key_id) values (nemo_private.sha256_hex(create_trial_key.key), made.id);
  insert into nemo_private.trial_keys (api_key_id) values (made.id);
  perform nemo_private.append_audit(made.organization_id, 'api_key.created', 'api_key', made.id::text, template.id,
    after => jsonb_build_object('name', made.name, 'prefix', made.prefix, 'scopes', made.scopes, 'expires_at', made.expires_at));
  perform nemo_private.broadcast(made.organization_id, 'api_key.changed', jsonb_build_object('api_key_id', made.id));
  create_trial_key.id := made.id;
  create_trial_key.expires_at := made.expires_at;
end
$$;
comment on function nemo.create_trial_key(text) is
  'Makes a key that opens this template alone and expires in an hour, for trying versions from the dashboard (member); returns {id, key, expires_at}. Its requests are charged and logged like any. NM002, NM003, NM023.';

revoke execute on function nemo.create_trial_key(text) from public;
grant execute on function nemo.create_trial_key(text) to authenticated, service_role;
