-- Changing and throwing away a test that has not started. Once it has, its set-up is what its results rest on.

create function nemo_private.require_draft(test_id uuid)
returns nemo.ab_tests
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(require_draft.test_id);
begin
  if test.state <> 'draft' then
    perform nemo_private.fail('NM204', 'A test cannot be changed or deleted once it has started.',
      'Complete it and draft another one; only weights may change, and they begin a new phase.');
  end if;
  return test;
end
$$;
comment on function nemo_private.require_draft(uuid) is 'The test, locked as by require_test, if it has not started (NM204).';

create function nemo.update_ab_test(
  test_id uuid,
  name text default null,
  variants jsonb default null,
  assign_by text default null,
  primary_metric text default null,
  guardrails jsonb default null,
  minimum_detectable_effect double precision default null,
  planned_units integer default null
)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_draft(update_ab_test.test_id);
  before jsonb := nemo_private.set_up_json(test);
  checked nemo.ab_tests := nemo_private.check_set_up(
    coalesce(update_ab_test.name, test.name), coalesce(update_ab_test.assign_by, test.assign_by),
    coalesce(update_ab_test.primary_metric, test.primary_metric), coalesce(update_ab_test.guardrails, test.guardrails),
    coalesce(update_ab_test.minimum_detectable_effect, test.minimum_detectable_effect),
    coalesce(update_ab_test.planned_units, test.planned_units));
begin
  if update_ab_test.variants is not null then
    delete from nemo.ab_variants v where v.test_id = test.id;
    perform nemo_private.write_variants(test, update_ab_test.variants);
  end if;
  update nemo.ab_tests t set name = checked.name, assign_by = checked.assign_by, primary_metric = checked.primary_metric,
    guardrails = checked.guardrails, minimum_detectable_effect = checked.minimum_detectable_effect, planned_units = checked.planned_units
  where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.updated', before, nemo_private.set_up_json(test));
  return test;
end
$$;
comment on function nemo.update_ab_test(uuid, text, jsonb, text, text, jsonb, double precision, integer) is
  'Changes a draft (member); what is not given stays as it is, and variants are replaced as a whole. NM002, NM003, NM010–NM012, NM014, NM015, NM023, NM024 no such version, NM200 weights, NM204 already started, NM206 guardrails.';

create function nemo.delete_ab_test(test_id uuid)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_draft(delete_ab_test.test_id);
  before jsonb := nemo_private.set_up_json(test);
begin
  delete from nemo.ab_tests t where t.id = test.id;
  perform nemo_private.announce_test(test, 'test.deleted', before => before);
  return test;
end
$$;
comment on function nemo.delete_ab_test(uuid) is
  'Throws a draft away and answers what it was (member). A test that has started stays, as the record of what was served. NM002, NM003, NM023, NM204 already started.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.update_ab_test(uuid, text, jsonb, text, text, jsonb, double precision, integer), nemo.delete_ab_test(uuid)
  to authenticated, service_role;
