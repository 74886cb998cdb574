-- Deciding about recommendations: accept, edit or dismiss, each once, each by a person and each audited. A
-- recommendation for a text that has moved on is superseded, and can be rebased on the newest version.

-- The accepted text becomes a variant of a test instead of waiting to be activated.
create function nemo_private.put_into_test(recommendation nemo.prompt_recommendations, made_version integer, test_id uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests;
  old_variants jsonb;
  old_count integer;
begin
  if put_into_test.test_id is null then
    test := nemo.create_ab_test(recommendation.template_id, left('Recommendation: ' || recommendation.title, 100),
      jsonb_build_array(
        jsonb_build_object('version', recommendation.source_version, 'weight', 5000),
        jsonb_build_object('version', put_into_test.made_version, 'weight', 5000)));
    return test.id;
  end if;
  test := nemo_private.require_test(put_into_test.test_id);
  if test.template_id <> recommendation.template_id then
    perform nemo_private.fail('NM003', 'There is no such A/B test.', 'Choose a draft of the same template.');
  elsif test.state <> 'draft' then
    perform nemo_private.fail('NM302', format('This test is %s, so its variants no longer change.', test.state),
      'Choose a draft, or have one made.');
  end if;
  old_variants := nemo_private.variants_json(test.id, test.phase);
  old_count := jsonb_array_length(old_variants);
  if old_count >= 10 then
    perform nemo_private.fail('NM200', 'This draft has ten variants already, and a test has no more.',
      'Take one out of it, or have another test drafted.');
  end if;
  -- Evenly, because whoever gave the others their weights did not know of this one; the last takes what is left over.
  update nemo.ab_variants v set weight = 10000 / (old_count + 1) where v.test_id = test.id and v.phase = test.phase;
  insert into nemo.ab_variants (organization_id, test_id, template_id, phase, letter, version, weight)
  values (test.organization_id, test.id, test.template_id, test.phase, chr(65 + old_count), put_into_test.made_version,
    10000 - 10000 / (old_count + 1) * old_count);
  perform nemo_private.announce_test(test, 'test.updated', old_variants, nemo_private.variants_json(test.id, test.phase));
  return test.id;
end
$$;
comment on function nemo_private.put_into_test(nemo.prompt_recommendations, integer, uuid) is
  'Makes a version the next variant of a draft and splits the weights evenly, or drafts a test of it against its source. NM003 another template''s test, NM200 ten variants, NM302 not a draft.';

create function nemo.apply_recommendation(
  recommendation_id uuid,
  messages jsonb default null,
  config jsonb default null,
  contract jsonb default null,
  note text default '',
  as_test boolean default false,
  test_id uuid default null
)
returns nemo.prompt_recommendations
language plpgsql
security definer
set search_path = ''
as $$
declare
  recommendation nemo.prompt_recommendations := nemo_private.require_recommendation(apply_recommendation.recommendation_id);
  source nemo.prompt_versions := nemo_private.require_version(recommendation.template_id, recommendation.source_version);
  latest integer;
  made nemo.prompt_versions;
  new_state text;
  why text := nemo_private.check_text(apply_recommendation.note, 'note', 2000);
begin
  select t.latest_version into strict latest from nemo.prompt_templates t where t.id = recommendation.template_id;
  if latest <> recommendation.source_version then
    perform nemo_private.fail('NM301', format('This recommendation is for version %s; version %s is newer.', recommendation.source_version, latest),
      'Rebase it on the newest version first.', jsonb_build_object('latest_version', latest)::text);
  elsif coalesce(apply_recommendation.messages, recommendation.proposed_messages) is null then
    perform nemo_private.fail('NM303', 'This recommendation is advice without a rewrite.', 'Edit the text and give it as messages, or dismiss it.');
  end if;
  -- The trigger below supersedes what a new version overtakes, which this one must not be.
  perform set_config('nemo.applying_recommendation', recommendation.id::text, true);
  -- It was suggested for what the source is served with, so what that includes stays as it is.
  made := nemo_private.store_version(recommendation.template_id,
    coalesce(apply_recommendation.messages, recommendation.proposed_messages),
    coalesce(apply_recommendation.config, recommendation.proposed_config, source.config),
    coalesce(apply_recommendation.contract, recommendation.proposed_contract, source.contract),
    left(case when why = '' then 'Recommendation: ' || recommendation.title else why end, 2000), latest, source.pins);
  perform set_config('nemo.applying_recommendation', '', true);
  new_state := case
    when made.messages is not distinct from recommendation.proposed_messages
      and made.config = coalesce(recommendation.proposed_config, source.config)
      and made.contract = coalesce(recommendation.proposed_contract, source.contract)
    then 'accepted' else 'edited' end;
  update nemo.prompt_recommendations r set
    state = new_state, decided_by = nemo_private.current_user_id(), decided_at = now(), decision_note = why,
    resulting_version = made.version,
    test_id = case when coalesce(apply_recommendation.as_test, false) or apply_recommendation.test_id is not null
      then nemo_private.put_into_test(recommendation, made.version, apply_recommendation.test_id) end
  where r.id = recommendation.id returning * into recommendation;
  perform nemo_private.announce_recommendation(recommendation,
    case new_state when 'accepted' then 'recommendation.accepted' else 'recommendation.edited' end,
    jsonb_build_object('resulting_version', made.version, 'test_id', recommendation.test_id, 'note', why));
  return recommendation;
end
$$;
comment on function nemo.apply_recommendation(uuid, jsonb, jsonb, jsonb, text, boolean, uuid) is
  'Accepts a recommendation (member): saves its text, or the given one (state edited), as a new version that is not active and goes on including what its source does. as_test drafts an A/B test of it against its source; test_id makes it the next variant of that draft, whose weights are split evenly anew. Answers the recommendation with resulting_version and test_id. NM002, NM003, NM011, NM012, NM018, NM019, NM021, NM023, NM200 the draft has ten variants, NM300 decided before, NM301 a newer version exists (detail {"latest_version"}), NM302 the test is no draft, NM303 nothing to save.';

create function nemo.dismiss_recommendation(recommendation_id uuid, note text default '')
returns nemo.prompt_recommendations
language plpgsql
security definer
set search_path = ''
as $$
declare
  recommendation nemo.prompt_recommendations := nemo_private.require_recommendation(dismiss_recommendation.recommendation_id);
  why text := nemo_private.check_text(dismiss_recommendation.note, 'note', 2000);
begin
  update nemo.prompt_recommendations r set
    state = 'dismissed', decided_by = nemo_private.current_user_id(), decided_at = now(), decision_note = why
  where r.id = recommendation.id returning * into recommendation;
  perform nemo_private.announce_recommendation(recommendation, 'recommendation.dismissed', jsonb_build_object('note', why));
  return recommendation;
end
$$;
comment on function nemo.dismiss_recommendation(uuid, text) is
  'Turns a recommendation down, with a reason if one is given (member). NM002, NM003, NM011, NM012, NM023, NM300 decided before.';

create function nemo_private.supersede_recommendations()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  overtaken nemo.prompt_recommendations;
begin
  for overtaken in
    update nemo.prompt_recommendations r set state = 'superseded', decided_at = now(),
      decision_note = format('Version %s was saved.', new.version)
    where r.template_id = new.template_id and r.state = 'open' and r.source_version < new.version
      and r.id::text is distinct from nullif(current_setting('nemo.applying_recommendation', true), '')
    returning r.*
  loop
    perform nemo_private.announce_recommendation(overtaken, 'recommendation.superseded', jsonb_build_object('newer_version', new.version));
  end loop;
  return null;
end
$$;
comment on function nemo_private.supersede_recommendations() is 'Closes recommendations for texts that a new version has replaced.';
create trigger prompt_versions_supersede_recommendations
  after insert on nemo.prompt_versions
  for each row execute function nemo_private.supersede_recommendations();

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.apply_recommendation(uuid, jsonb, jsonb, jsonb, text, boolean, uuid),
  nemo.dismiss_recommendation(uuid, text)
  to authenticated, service_role;
