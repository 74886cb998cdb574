-- What an A/B test may become, and what may be changed of it, whoever writes the rows.

alter table nemo.ab_tests
  add column planned_units integer check (planned_units between 200 and 1000000000);
comment on column nemo.ab_tests.planned_units is
  'How many requests or subjects the test is planned for; its intervals are made narrowest there. Null means 10 000. Fixed once it runs: a plan made after looking would break the promise of the intervals.';

create function nemo_private.check_test_step()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state and (old.state || ' ' || new.state) <> all
    (array['draft running', 'running paused', 'paused running', 'running completed', 'paused completed'])
  then
    perform nemo_private.fail('NM201', format('This test is %s and cannot become %s.', old.state, new.state),
      'A test is drafted, runs and pauses in turn, and is completed once.');
  end if;
  if old.state <> 'draft' and (
    (new.template_id, new.organization_id, new.assign_by, new.primary_metric, new.guardrails,
      new.minimum_detectable_effect, new.planned_units, new.started_at)
    is distinct from
    (old.template_id, old.organization_id, old.assign_by, old.primary_metric, old.guardrails,
      old.minimum_detectable_effect, old.planned_units, old.started_at))
  then
    perform nemo_private.fail('NM204', 'A test cannot be changed once it has started.',
      'Complete it and draft another one; only weights may change, and they begin a new phase.');
  end if;
  -- However a version comes to be served: by the start, by weights that bring it in later, or by a row written by hand.
  if new.state = 'running' and (old.state <> 'running' or new.phase <> old.phase) then
    perform nemo_private.require_passing_lint(nemo_private.require_version(v.template_id, v.version))
    from nemo.ab_variants v
    where v.test_id = new.id and v.phase = new.phase and v.weight > 0
    order by v.letter;
  end if;
  new.updated_at := now();
  return new;
end
$$;
comment on function nemo_private.check_test_step() is
  'Keeps a test on draft → running ⇄ paused → completed (NM201), its set-up as it was when it started (NM204), and versions without a passing lint report out of what it serves (NM022).';

create trigger ab_tests_check_step
  before update on nemo.ab_tests
  for each row execute function nemo_private.check_test_step();

create function nemo_private.freeze_variants()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  changed nemo.ab_variants := case when tg_op = 'DELETE' then old else new end;
  test nemo.ab_tests;
begin
  select * into test from nemo.ab_tests t where t.id = changed.test_id;
  -- No test: its organization or template is being deleted, and this row with it. A draft may still change.
  if test.id is null or test.state = 'draft' then
    return changed;
  end if;
  if tg_op = 'INSERT' and new.phase = test.phase + 1 then
    return new;
  end if;
  -- A guardrail stops a variant by these columns alone.
  if tg_op = 'UPDATE' and old.stopped_at is null
    and to_jsonb(new) - array['stopped_at', 'stopped_for'] = to_jsonb(old) - array['stopped_at', 'stopped_for']
  then
    return new;
  end if;
  perform nemo_private.fail('NM204', 'The variants of a test cannot be changed once it has started.',
    'Set other weights, which begins a new phase, or complete the test and draft another one.');
  return null;
end
$$;
comment on function nemo_private.freeze_variants() is
  'Refuses changes to the variants of a test that has started (NM204); only a whole next phase may be added, and a variant stopped.';

create trigger ab_variants_freeze
  before insert or update or delete on nemo.ab_variants
  for each row execute function nemo_private.freeze_variants();

-- Guardrails as people give them, made uniform. See check_guardrails for what they do.
create function nemo_private.read_guardrails(guardrails jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  entry jsonb;
  metric text;
  is_rate boolean;
  bound jsonb;
  value numeric;
  least_count numeric;
  read jsonb := '[]'::jsonb;
begin
  if read_guardrails.guardrails is null then
    -- On unless switched off: a variant that fails clearly more often than the control should not go on.
    return '[{"metric": "error_rate", "worse_than_control_by": 0.05, "min_count": 100}]'::jsonb;
  end if;
  if jsonb_typeof(read_guardrails.guardrails) <> 'array' or jsonb_array_length(read_guardrails.guardrails) > 10 then
    perform nemo_private.fail('NM206', 'Guardrails are a list of at most ten objects.', 'Give an empty list for none.');
  end if;
  for entry in select * from jsonb_array_elements(read_guardrails.guardrails) loop
    metric := case when jsonb_typeof(entry) = 'object' then entry ->> 'metric' end;
    if metric is null or metric <> all (array['error_rate', 'quality', 'cost', 'latency', 'latency_p95', 'tokens']) then
      perform nemo_private.fail('NM206', 'A guardrail names no metric that is known.',
        'Use one of: error_rate, quality, cost, latency, latency_p95, tokens.');
    end if;
    if (entry ? 'limit') = (entry ? 'worse_than_control_by')
      or entry - array['metric', 'limit', 'worse_than_control_by', 'min_count'] <> '{}'
    then
      perform nemo_private.fail('NM206', format('The guardrail on %s needs either limit or worse_than_control_by, and nothing else but min_count.', metric),
        'For example {"metric": "error_rate", "limit": 0.1, "min_count": 100}.');
    end if;
    is_rate := metric in ('error_rate', 'quality');
    bound := coalesce(entry -> 'limit', entry -> 'worse_than_control_by');
    value := case when jsonb_typeof(bound) = 'number' then bound::numeric end;
    if value is null or value <= 0 or value > 1e15 or (is_rate and value >= 1)
      or (metric = 'latency_p95' and entry ? 'worse_than_control_by')
    then
      perform nemo_private.fail('NM206', format('The bound of the guardrail on %s cannot be used.', metric),
        'Error rate and quality take a number between 0 and 1; cost (nano-dollars), latency and latency_p95 (milliseconds) and tokens one above 0; latency_p95 takes a limit only.');
    end if;
    least_count := case jsonb_typeof(entry -> 'min_count') when 'number' then round((entry ->> 'min_count')::numeric) end;
    if entry ? 'min_count' and coalesce(least_count, 0) not between 20 and 1000000 then
      perform nemo_private.fail('NM206', 'min_count is not a number from 20 to 1000000.', 'Leave it out for 100.');
    end if;
    read := read || jsonb_build_array(entry || jsonb_build_object('min_count', coalesce(least_count, 100)::integer));
  end loop;
  return read;
end
$$;
comment on function nemo_private.read_guardrails(jsonb) is
  'Checks guardrails and fills in min_count (NM206). Null means the default one on the error rate; an empty list means none.';

revoke execute on all functions in schema nemo_private from public;
