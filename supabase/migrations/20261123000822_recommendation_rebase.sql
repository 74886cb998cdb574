-- Carrying a recommendation over to a newer version than the one it was made for.

create function nemo.rebase_recommendation(recommendation_id uuid, version integer, fingerprint text, proposed_messages jsonb, predicted_effect jsonb)
returns nemo.prompt_recommendations
language plpgsql
security definer
set search_path = ''
as $$
-- The unique key below names columns that are also arguments; arguments are always written in full.
#variable_conflict use_column
declare
  original nemo.prompt_recommendations;
  onto nemo.prompt_versions;
  made nemo.prompt_recommendations;
begin
  select * into original from nemo.prompt_recommendations r where r.id = rebase_recommendation.recommendation_id;
  perform nemo_private.require_role(original.organization_id, 'member', 'recommendation');
  perform nemo_private.require_template(original.template_id, 'member');
  if original.state not in ('open', 'superseded') then
    perform nemo_private.fail('NM300', format('This recommendation is already %s.', original.state), 'Ask for new ones.');
  end if;
  onto := nemo_private.require_version(original.template_id, rebase_recommendation.version);
  if onto.version <= original.source_version or onto.version <> (select t.latest_version from nemo.prompt_templates t where t.id = original.template_id) then
    perform nemo_private.fail('NM301', 'A recommendation is rebased on the newest version.', 'Look at the newest version and try again.');
  end if;
  insert into nemo.prompt_recommendations
    (organization_id, template_id, source_version, layer, kind, fingerprint, severity, title, reason, predicted_effect, proposed_messages,
     diff, model, created_by, rebased_from)
  values (original.organization_id, original.template_id, onto.version, original.layer, original.kind, rebase_recommendation.fingerprint,
    original.severity, original.title, original.reason, coalesce(rebase_recommendation.predicted_effect, '{}'),
    nemo_private.check_messages(rebase_recommendation.proposed_messages),
    nemo_private.structured_patch('v' || onto.version, 'suggestion',
      nemo_private.version_text(onto.messages, onto.config, onto.contract),
      nemo_private.version_text(rebase_recommendation.proposed_messages, onto.config, onto.contract)),
    original.model, nemo_private.current_user_id(), original.id)
  on conflict (template_id, source_version, fingerprint) do update set rebased_from = excluded.rebased_from
  returning * into made;
  perform nemo_private.append_audit(made.organization_id, 'recommendation.rebased', 'recommendation', made.id::text, made.template_id,
    before => jsonb_build_object('recommendation_id', original.id, 'source_version', original.source_version),
    after => jsonb_build_object('source_version', made.source_version));
  perform nemo_private.broadcast_recommendation(made);
  return made;
end
$$;
comment on function nemo.rebase_recommendation(uuid, integer, text, jsonb, jsonb) is
  'Stores a recommendation carried over to the newest version (service role acting for a member, which has checked the text). NM002, NM003, NM018, NM023, NM024, NM300, NM301.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.rebase_recommendation(uuid, integer, text, jsonb, jsonb) to service_role;
