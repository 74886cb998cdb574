-- Guardrails stop a variant that is clearly harmful, at once and by themselves.
--
-- They are judged here and not in a function of the gateway, because here it happens in the transaction that
-- records what was served: nothing has to be scheduled, no isolate has to be alive, and two gateways cannot
-- disagree.

create table nemo_private.guarded_tests (
  test_id uuid primary key references nemo.ab_tests (id) on delete cascade
);
comment on table nemo_private.guarded_tests is 'The running tests that have guardrails, so that recording any other request costs one look at nothing. A row''s lock lets one transaction judge a test at a time.';
comment on column nemo_private.guarded_tests.test_id is 'The test.';
alter table nemo_private.guarded_tests enable row level security, force row level security;

create function nemo_private.breaches(test nemo.ab_tests)
returns table (letter text, guardrail jsonb, n double precision, mean double precision)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  least_for_control constant integer := 100;
  alpha double precision;
  entry record;
begin
  -- Every guardrail of every variant may err; together they keep to 5 % (Bonferroni).
  select 0.05 / (jsonb_array_length(test.guardrails) * count(*)) into alpha
  from nemo.ab_variants v where v.test_id = test.id and v.phase = test.phase and v.weight > 0;
  for entry in
    with sums as materialized (
      select * from nemo_private.ab_metric_sums(test.id, test.phase)
    ), judged as (
      select v.letter, g.value as guardrail, g.value ->> 'metric' as metric, g.value ? 'worse_than_control_by' as relative,
        (g.value ->> 'min_count')::double precision as min_count
      from nemo.ab_variants v cross join jsonb_array_elements(test.guardrails) g
      where v.test_id = test.id and v.phase = test.phase and v.weight > 0 and v.stopped_at is null
    )
    select j.letter, j.guardrail, own.sums as own, control.sums as control
    from judged j
    cross join lateral (
      select row(s.n, s.sum, s.sum_of_squares)::nemo_private.metric_sums as sums from sums s
      where j.metric <> 'latency_p95' and s.letter = j.letter and s.metric = j.metric
      union all
      -- A bucket counts as slow when all of it is above the limit, so rounding never stops a variant.
      select row(sum(e.value::bigint), coalesce(sum(e.value::bigint) filter (
        where e.key::integer > nemo_private.latency_bucket((j.guardrail ->> 'limit')::double precision)), 0), 0)::nemo_private.metric_sums
      from jsonb_each_text(nemo_private.ab_histogram(test.id, test.phase, j.letter)) e
      where j.metric = 'latency_p95'
    ) own
    left join lateral (
      select row(s.n, s.sum, s.sum_of_squares)::nemo_private.metric_sums as sums from sums s
      where j.relative and s.letter = 'A' and s.metric = j.metric
    ) control on true
    where (own.sums).n >= j.min_count
      and (not j.relative or (j.letter <> 'A' and (own.sums).n >= least_for_control and (control.sums).n >= least_for_control))
  loop
    if nemo_private.guardrail_is_breached(entry.guardrail, alpha, entry.own, entry.control) then
      return query select entry.letter::text, entry.guardrail::jsonb, (entry.own).n, (entry.own).sum / (entry.own).n;
    end if;
  end loop;
end
$$;
comment on function nemo_private.breaches(nemo.ab_tests) is
  'The guardrails that live variants of a test breach in its current phase, with the number of values and their mean (of latency_p95: the share of requests above the limit).';

create function nemo_private.check_guardrails(test_id uuid)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  test nemo.ab_tests;
  breach record;
  why jsonb;
  stopped text[] := '{}'::text[];
begin
  -- Neither lock is waited for, so recording never stands behind anything here and cannot be part of a
  -- deadlock. Whoever holds one is judging, or is changing the test; the next request is judged again.
  perform from nemo_private.guarded_tests g where g.test_id = check_guardrails.test_id for update skip locked;
  if not found then
    return stopped;
  end if;
  select * into test from nemo.ab_tests t
  where t.id = check_guardrails.test_id and t.state = 'running' for no key update skip locked;
  if test.id is null then
    return stopped;
  end if;
  for breach in select distinct on (b.letter) b.* from nemo_private.breaches(test) b order by b.letter loop
    why := jsonb_build_object('guardrail', breach.guardrail, 'count', breach.n, 'measured', breach.mean);
    update nemo.ab_variants v set stopped_at = now(), stopped_for = why
    where v.test_id = test.id and v.phase = test.phase and v.letter = breach.letter;
    stopped := stopped || breach.letter;
    perform nemo_private.announce_test(test, 'test.stopped', actor_kind => 'system',
      after => why || jsonb_build_object('variant', breach.letter, 'phase', test.phase));
  end loop;
  -- Without the control there is nothing to compare with, and one variant is no test.
  if stopped <> '{}' and ('A' = any (stopped) or nemo_private.live_variants(test) < 2) then
    update nemo.ab_tests t set state = 'paused', paused_at = now(),
      stop_reason = format('A guardrail stopped %s.', array_to_string(stopped, ' and '))
    where t.id = test.id returning * into test;
    perform nemo_private.announce_test(test, 'test.paused', jsonb_build_object('state', 'running'),
      jsonb_build_object('state', 'paused', 'reason', test.stop_reason), 'system');
  end if;
  return stopped;
end
$$;
comment on function nemo_private.check_guardrails(uuid) is
  'Stops the variants that breach a guardrail of a running test, with audit entries of kind system, and answers their letters. Their traffic gets the active version from then on. Pauses the test when the control or all but one variant are stopped.';

create function nemo_private.watch_tests()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  measured record;
begin
  for measured in
    select distinct c.organization_id, c.test_id, c.template_id, g.test_id is not null as guarded
    from changed c left join nemo_private.guarded_tests g on g.test_id = c.test_id
    where c.test_id is not null
  loop
    begin
      perform nemo_private.broadcast(measured.organization_id, 'test.measured',
        jsonb_build_object('test_id', measured.test_id, 'template_id', measured.template_id));
      if measured.guarded then
        perform nemo_private.check_guardrails(measured.test_id);
      end if;
    exception
      -- Recording what was served, and charging for it, must never fail because a guardrail could not be judged.
      when others then
        raise warning 'test % could not be watched: % %', measured.test_id, sqlstate, sqlerrm;
    end;
  end loop;
  return null;
end
$$;
comment on function nemo_private.watch_tests() is
  'Tells open dashboards which tests have new results, and judges their guardrails.';

create trigger prompt_rollups_1_watch_new
  after insert on nemo.prompt_rollups referencing new table as changed
  for each statement execute function nemo_private.watch_tests();
create trigger prompt_rollups_1_watch_changed
  after update on nemo.prompt_rollups referencing new table as changed
  for each statement execute function nemo_private.watch_tests();

create function nemo_private.keep_guarded_tests()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state = 'running' and new.guardrails <> '[]' then
    insert into nemo_private.guarded_tests (test_id) values (new.id) on conflict do nothing;
  else
    delete from nemo_private.guarded_tests g where g.test_id = new.id;
  end if;
  return null;
end
$$;
comment on function nemo_private.keep_guarded_tests() is 'Keeps the list of running tests with guardrails.';
create trigger ab_tests_keep_guarded
  after insert or update of state on nemo.ab_tests
  for each row execute function nemo_private.keep_guarded_tests();

revoke execute on all functions in schema nemo_private from public;
