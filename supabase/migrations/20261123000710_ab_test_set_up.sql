-- Drafting a test and setting the weights of its variants.

-- Membership is asked before the locks, so a stranger cannot hold anything up. The template is locked before
-- the test, everywhere, so that starting, pausing and promoting at once cannot lock each other out.
create function nemo_private.require_test(test_id uuid, min_role text default 'member')
returns nemo.ab_tests
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests;
begin
  select * into test from nemo.ab_tests t where t.id = require_test.test_id;
  perform nemo_private.require_role(test.organization_id, require_test.min_role, 'A/B test');
  perform nemo_private.require_template(test.template_id, require_test.min_role);
  select * into test from nemo.ab_tests t where t.id = require_test.test_id for no key update;
  if test.id is null then
    perform nemo_private.fail('NM003', 'There is no such A/B test.', 'Check the id.');
  end if;
  return test;
end
$$;
comment on function nemo_private.require_test(uuid, text) is
  'The test, locked with its template for this transaction, if the caller has at least this role. NM001, NM002, NM003, NM023 when the template is deleted.';

create function nemo_private.announce_test(
  test nemo.ab_tests,
  action text,
  before jsonb default null,
  after jsonb default null,
  actor_kind text default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.append_audit(test.organization_id, announce_test.action, 'ab_test', test.id::text, test.template_id,
    before => announce_test.before, after => announce_test.after, actor_kind => announce_test.actor_kind);
  perform nemo_private.broadcast(test.organization_id, 'test.changed',
    jsonb_build_object('test_id', test.id, 'template_id', test.template_id));
end
$$;
comment on function nemo_private.announce_test(nemo.ab_tests, text, jsonb, jsonb, text) is
  'Writes the audit entry of a step and tells open dashboards.';

create function nemo_private.variants_json(test_id uuid, phase integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('variant', v.letter, 'version', v.version, 'weight', v.weight) order by v.letter)
  from nemo.ab_variants v
  where v.test_id = variants_json.test_id and v.phase = variants_json.phase
$$;
comment on function nemo_private.variants_json(uuid, integer) is 'The variants of a phase as the audit log shows them.';

create function nemo_private.refuse_weights(problem text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.fail('NM200', refuse_weights.problem,
    'Give two to ten variants, control first, with weights in basis points that sum to 10000: 60/40 is 6000/4000, thirds are 3333/3333/3334.');
end
$$;
comment on function nemo_private.refuse_weights(text) is 'Says what is wrong with variants or weights (NM200).';

create function nemo_private.write_variants(test nemo.ab_tests, variants jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  entry jsonb;
  place integer;
  total bigint := 0;
begin
  if jsonb_typeof(write_variants.variants) is distinct from 'array' then
    perform nemo_private.refuse_weights('The variants are not a list.');
  elsif jsonb_array_length(write_variants.variants) not between 2 and 10 then
    perform nemo_private.refuse_weights(format('A test has two to ten variants; this has %s.', jsonb_array_length(write_variants.variants)));
  end if;
  for entry, place in select e.value, e.ordinality from jsonb_array_elements(write_variants.variants) with ordinality e loop
    if jsonb_typeof(entry) <> 'object'
      or coalesce(entry ->> 'version', '') !~ '^[0-9]{1,9}$' or coalesce(entry ->> 'weight', '') !~ '^[0-9]{1,9}$'
    then
      perform nemo_private.refuse_weights(format('Variant %s is not a whole version and a whole weight.', place));
    end if;
    if (entry ->> 'weight')::integer not between 1 and 10000 then
      perform nemo_private.refuse_weights(format('Variant %s has the weight %s.', place, entry ->> 'weight'));
    end if;
    perform nemo_private.require_version(test.template_id, (entry ->> 'version')::integer);
    total := total + (entry ->> 'weight')::integer;
  end loop;
  if total <> 10000 then
    perform nemo_private.refuse_weights(format('The weights sum to %s.', total));
  end if;
  insert into nemo.ab_variants (organization_id, test_id, template_id, phase, letter, version, weight)
  select test.organization_id, test.id, test.template_id, test.phase, chr(64 + e.ordinality::integer),
    (e.value ->> 'version')::integer, (e.value ->> 'weight')::integer
  from jsonb_array_elements(write_variants.variants) with ordinality e;
end
$$;
comment on function nemo_private.write_variants(nemo.ab_tests, jsonb) is
  'Writes the variants of a draft as A, B, … in the order given. NM024 no such version, NM200 bad variants or weights.';

create function nemo_private.check_minimum_effect(effect double precision)
returns double precision
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- NaN is above every number in Postgres and would pass a check for a lower bound alone.
  if not coalesce(check_minimum_effect.effect between 0.0001 and 10, true) then
    perform nemo_private.fail('NM015', 'The minimum detectable effect is out of range.', 'Give a share such as 0.05 for 5 %.');
  end if;
  return check_minimum_effect.effect;
end
$$;
comment on function nemo_private.check_minimum_effect(double precision) is 'The smallest relative difference worth finding, if it can be one (NM015).';

create function nemo_private.check_set_up(
  name text, assign_by text, primary_metric text, guardrails jsonb, minimum_detectable_effect double precision, planned_units integer)
returns nemo.ab_tests
language plpgsql
immutable
set search_path = ''
as $$
declare
  test nemo.ab_tests;
begin
  test.name := nemo_private.check_text(check_set_up.name, 'name', 100, required => true);
  test.assign_by := nemo_private.check_choice(check_set_up.assign_by, 'way of assigning', array['request', 'subject']);
  test.primary_metric := nemo_private.check_choice(check_set_up.primary_metric, 'metric', array['quality', 'error_rate', 'cost', 'latency', 'tokens']);
  test.guardrails := nemo_private.read_guardrails(check_set_up.guardrails);
  test.minimum_detectable_effect := nemo_private.check_minimum_effect(check_set_up.minimum_detectable_effect);
  test.planned_units := nemo_private.check_range(check_set_up.planned_units, 'planned number of units', 200, 1000000000);
  return test;
end
$$;
comment on function nemo_private.check_set_up(text, text, text, jsonb, double precision, integer) is
  'How a test is to be set up, checked, in the columns it is for. NM010–NM012 name, NM014, NM015, NM206 guardrails.';

create function nemo_private.set_up_json(test nemo.ab_tests)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('name', test.name, 'variants', nemo_private.variants_json(test.id, test.phase),
    'assign_by', test.assign_by, 'primary_metric', test.primary_metric, 'guardrails', test.guardrails,
    'minimum_detectable_effect', test.minimum_detectable_effect, 'planned_units', test.planned_units)
$$;
comment on function nemo_private.set_up_json(nemo.ab_tests) is 'How a test is set up, as the audit log shows it.';

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
