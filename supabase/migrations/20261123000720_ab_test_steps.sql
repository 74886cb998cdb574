-- Starting, pausing, completing and promoting. The gateway reads a test's state with every request, so each
-- step is in force for every request that begins after the call returned.

create function nemo_private.live_variants(test nemo.ab_tests)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer from nemo.ab_variants v
  where v.test_id = test.id and v.phase = test.phase and v.stopped_at is null and v.weight > 0
$$;
comment on function nemo_private.live_variants(nemo.ab_tests) is 'How many variants of the current phase still get traffic.';

create function nemo.start_ab_test(test_id uuid)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(start_ab_test.test_id);
  old_state text := test.state;
  other text;
begin
  if old_state not in ('draft', 'paused') then
    perform nemo_private.fail('NM201', format('This test is %s and cannot be started.', old_state),
      'Only a drafted or paused test can be started.');
  end if;
  if not exists (select from nemo.prompt_templates t where t.id = test.template_id and t.active_version is not null) then
    perform nemo_private.fail('NM203', 'The template is not being served.',
      'Activate a version first: it is what requests get when the test pauses.');
  end if;
  select t.name into other from nemo.ab_tests t where t.template_id = test.template_id and t.state = 'running';
  if other is not null then
    perform nemo_private.fail('NM202', format('The test "%s" is already running on this template.', other),
      'Pause or complete it first.');
  end if;
  if nemo_private.live_variants(test) < 2 then
    perform nemo_private.fail('NM205', 'Guardrails have stopped all variants of this phase but one.',
      'Set new weights, which begins a new phase, or complete the test.');
  end if;
  update nemo.ab_tests t
  set state = 'running', started_at = coalesce(t.started_at, now()), stop_reason = null
  where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.started', jsonb_build_object('state', old_state),
    jsonb_build_object('state', test.state, 'phase', test.phase, 'variants', nemo_private.variants_json(test.id, test.phase)));
  return test;
end
$$;
comment on function nemo.start_ab_test(uuid) is
  'Starts a drafted test, or a paused one again in the same phase (member). NM002, NM003, NM022 a variant without a passing lint report, NM023, NM201 not drafted or paused, NM202 another test runs, NM203 template not active, NM205 fewer than two variants left.';

create function nemo.pause_ab_test(test_id uuid, reason text default null)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(pause_ab_test.test_id);
  checked text := nullif(nemo_private.check_text(pause_ab_test.reason, 'reason', 500), '');
begin
  if test.state <> 'running' then
    perform nemo_private.fail('NM201', format('This test is %s and cannot be paused.', test.state), 'Only a running test can be paused.');
  end if;
  update nemo.ab_tests t set state = 'paused', paused_at = now(), stop_reason = checked
  where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.paused', jsonb_build_object('state', 'running'),
    jsonb_strip_nulls(jsonb_build_object('state', 'paused', 'reason', checked)));
  return test;
end
$$;
comment on function nemo.pause_ab_test(uuid, text) is
  'Pauses a running test: requests that begin after this get the active version (member). NM002, NM003, NM010–NM012, NM023, NM201 not running.';

create function nemo.complete_ab_test(test_id uuid)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(complete_ab_test.test_id);
  old_state text := test.state;
begin
  if old_state not in ('running', 'paused') then
    perform nemo_private.fail('NM201', format('This test is %s and cannot be completed.', old_state),
      'Only a running or paused test can be completed.');
  end if;
  update nemo.ab_tests t set state = 'completed', completed_at = now()
  where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.completed', jsonb_build_object('state', old_state), jsonb_build_object('state', 'completed'));
  return test;
end
$$;
comment on function nemo.complete_ab_test(uuid) is
  'Ends a running or paused test for good; the active version is served (member). NM002, NM003, NM023, NM201 drafted or already completed.';

create function nemo.promote_variant(test_id uuid, variant text)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(promote_variant.test_id);
  chosen nemo.ab_variants;
begin
  if test.state = 'draft' then
    perform nemo_private.fail('NM201', 'This test has not run, so it has no winner.', 'Start it first, or activate the version itself.');
  end if;
  select * into chosen from nemo.ab_variants v
  where v.test_id = test.id and v.phase = test.phase and v.letter = upper(promote_variant.variant);
  if chosen.test_id is null then
    perform nemo_private.fail('NM207', 'This test has no such variant.', 'Give the letter of one of its variants.');
  end if;
  -- Completed first, so that no request is split between the new active version and the old variants.
  if test.state <> 'completed' then
    test := nemo.complete_ab_test(test.id);
  end if;
  perform nemo.activate_version(test.template_id, chosen.version);
  update nemo.ab_tests t set promoted_variant = chosen.letter where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.promoted',
    after => jsonb_build_object('variant', chosen.letter, 'version', chosen.version));
  return test;
end
$$;
comment on function nemo.promote_variant(uuid, text) is
  'Makes a variant''s version the active one, by the ordinary activation, and completes the test if it is not (member). All or nothing. NM002, NM003, NM022 no passing lint report, NM023, NM201 never started, NM207 no such variant.';

-- A template that is not served has nothing to split, and nothing to fall back to.
create function nemo_private.pause_tests_of_template()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests;
  reason text := case when new.deleted_at is not null then 'The template was deleted.' else 'The template was deactivated.' end;
begin
  for test in
    update nemo.ab_tests t set state = 'paused', paused_at = now(), stop_reason = reason
    where t.template_id = new.id and t.state = 'running' returning *
  loop
    perform nemo_private.announce_test(test, 'test.paused', jsonb_build_object('state', 'running'),
      jsonb_build_object('state', 'paused', 'reason', reason));
  end loop;
  return null;
end
$$;
comment on function nemo_private.pause_tests_of_template() is 'Pauses the running test of a template that is deactivated or deleted.';

create trigger prompt_templates_pause_tests
  after update of active_version, deleted_at on nemo.prompt_templates
  for each row when (new.active_version is null or new.deleted_at is not null)
  execute function nemo_private.pause_tests_of_template();

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.start_ab_test(uuid), nemo.pause_ab_test(uuid, text), nemo.complete_ab_test(uuid), nemo.promote_variant(uuid, text)
  to authenticated, service_role;
