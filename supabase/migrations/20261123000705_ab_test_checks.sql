-- What setting up a test insists on, and how it is written down.

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

revoke execute on all functions in schema nemo_private from public;
