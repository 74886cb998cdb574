-- Drafting a test and setting the weights of its variants.

create function nemo.create_ab_test(
  template_id text,
  name text,
  variants jsonb,
  assign_by text default 'request',
  primary_metric text default 'quality',
  guardrails jsonb default null,
  minimum_detectable_effect double precision default 0.05,
  planned_units integer default null
)
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(create_ab_test.template_id, 'member');
  checked nemo.ab_tests := nemo_private.check_set_up(create_ab_test.name, create_ab_test.assign_by, create_ab_test.primary_metric,
    create_ab_test.guardrails, create_ab_test.minimum_detectable_effect, create_ab_test.planned_units);
  test nemo.ab_tests;
begin
  insert into nemo.ab_tests
    (organization_id, template_id, name, assign_by, primary_metric, guardrails, minimum_detectable_effect, planned_units, created_by)
  values (template.organization_id, template.id, checked.name, checked.assign_by, checked.primary_metric, checked.guardrails,
    checked.minimum_detectable_effect, checked.planned_units, nemo_private.current_user_id())
  returning * into test;
  perform nemo_private.write_variants(test, create_ab_test.variants);
  perform nemo_private.announce_test(test, 'test.created', after => nemo_private.set_up_json(test));
  return test;
end
$$;
comment on function nemo.create_ab_test(text, text, jsonb, text, text, jsonb, double precision, integer) is
  'Drafts a test of two to ten versions, [{"version", "weight"}] with the control first and weights in basis points summing to 10 000 (member). Guardrails: [{"metric", "limit" | "worse_than_control_by", "min_count"?}]; null means the default one, [] none. NM002, NM003, NM010–NM012, NM014, NM015, NM023, NM024 no such version, NM200 weights, NM206 guardrails.';

create function nemo.set_ab_weights(test_id uuid, weights integer[])
returns nemo.ab_tests
language plpgsql
security definer
set search_path = ''
as $$
declare
  test nemo.ab_tests := nemo_private.require_test(set_ab_weights.test_id);
  old_variants jsonb := nemo_private.variants_json(test.id, test.phase);
  next_phase integer := test.phase + (test.state <> 'draft')::integer;
  total bigint;
begin
  if test.state = 'completed' then
    perform nemo_private.fail('NM201', 'This test is completed.', 'Draft another one.');
  end if;
  select sum(w) into total from unnest(set_ab_weights.weights) w;
  if cardinality(set_ab_weights.weights) is distinct from jsonb_array_length(old_variants)
    or exists (select from unnest(set_ab_weights.weights) w where w is null or w not between 0 and 10000)
    or (select count(*) from unnest(set_ab_weights.weights) w where w > 0) < 2
    or coalesce(set_ab_weights.weights[1], 0) = 0
    or total <> 10000
  then
    perform nemo_private.refuse_weights(format('These weights do not fit the %s variants.', jsonb_array_length(old_variants)));
  end if;
  if test.state = 'draft' then
    update nemo.ab_variants v set weight = set_ab_weights.weights[ascii(v.letter) - 64]
    where v.test_id = test.id and v.phase = test.phase;
    perform nemo_private.announce_test(test, 'test.updated', old_variants, nemo_private.variants_json(test.id, test.phase));
    return test;
  end if;
  insert into nemo.ab_variants (organization_id, test_id, template_id, phase, letter, version, weight)
  select v.organization_id, v.test_id, v.template_id, next_phase, v.letter, v.version,
    set_ab_weights.weights[ascii(v.letter) - 64]
  from nemo.ab_variants v where v.test_id = test.id and v.phase = test.phase;
  update nemo.ab_tests t set phase = next_phase where t.id = test.id returning * into test;
  perform nemo_private.announce_test(test, 'test.reweighted', old_variants,
    jsonb_build_object('phase', test.phase, 'variants', nemo_private.variants_json(test.id, test.phase)));
  return test;
end
$$;
comment on function nemo.set_ab_weights(uuid, integer[]) is
  'Sets the weights, in basis points and in the order of letters (member). Of a draft they are replaced; of a test that has started they begin a new phase, which is analysed by itself and in which no variant is stopped. From then on a weight of 0 leaves a variant out, but not the control. NM002, NM003, NM022 a running test would serve a version without a passing lint report, NM023, NM200 weights, NM201 completed.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.create_ab_test(text, text, jsonb, text, text, jsonb, double precision, integer),
  nemo.set_ab_weights(uuid, integer[])
  to authenticated, service_role;
