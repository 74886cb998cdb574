-- Guardrails stop a variant that is clearly harmful, at once and by themselves.
--
-- They are judged here and not in a function of the gateway, because here it happens in the transaction that
-- records what was served: nothing has to be scheduled, no isolate has to be alive, and two gateways cannot
-- disagree. The statistics it takes are three short formulas. The dashboard shows the same judgement from
-- functions/_shared/core/stats, and a test compares the two.

create function nemo_private.normal_mixture_factor(n double precision, alpha double precision, tuned_for double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  -- stats/normal-mixture.ts gives the source: sqrt((1 + 1/r) (ln(1 + r) + 2 ln(1/alpha))), r = n/tuned × (L + ln(1 + L)).
  select sqrt((1 + 1 / r.r) * (ln(1 + r.r) - 2 * ln(normal_mixture_factor.alpha)))
  from (select l.l + ln(1 + l.l) as tuned from (select -2 * ln(normal_mixture_factor.alpha) as l) l) t,
    lateral (select normal_mixture_factor.n / normal_mixture_factor.tuned_for * t.tuned as r) r
$$;
comment on function nemo_private.normal_mixture_factor(double precision, double precision, double precision) is
  'Half the width of an always-valid interval in standard errors after n units (Howard et al. 2021; Waudby-Smith et al. 2024).';

create function nemo_private.log_evidence_above(sum double precision, n double precision, bound double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  -- stats/guardrail-evidence.ts gives the source: Wald's likelihood ratio averaged over six alternatives.
  with logs as (
    select log_evidence_above.sum * ln(alternative / log_evidence_above.bound)
      + (log_evidence_above.n - log_evidence_above.sum) * ln((1 - alternative) / (1 - log_evidence_above.bound)) as log
    from unnest(array[0.02, 0.05, 0.1, 0.2, 0.4, 0.8]::double precision[]) share,
      lateral (select log_evidence_above.bound + (1 - log_evidence_above.bound) * share as alternative) a
  ), largest as (select max(log) as log from logs)
  -- Differences below -700 are nothing to their sum and would be an underflow error to exp.
  select largest.log + ln((select avg(exp(greatest(logs.log - largest.log, -700))) from logs)) from largest
$$;
comment on function nemo_private.log_evidence_above(double precision, double precision, double precision) is
  'The logarithm of the evidence that a mean of n values between 0 and 1 with this sum is above the bound. Reaching ln(1/alpha) ever, with the mean at most the bound, has at most the chance alpha.';

create function nemo_private.unit_variance(n double precision, sum double precision, sum_of_squares double precision)
returns double precision
language sql
immutable
set search_path = ''
as $$
  select case when unit_variance.n >= 2
    then greatest(0, (unit_variance.sum_of_squares - unit_variance.sum ^ 2 / unit_variance.n) / (unit_variance.n - 1)) end
$$;
comment on function nemo_private.unit_variance(double precision, double precision, double precision) is 'The unbiased variance of one unit, from its three sums; null below two units.';

create type nemo_private.metric_sums as (n double precision, sum double precision, sum_of_squares double precision);
comment on type nemo_private.metric_sums is 'How many values, their sum and the sum of their squares.';

create function nemo_private.guardrail_is_breached(guardrail jsonb, alpha double precision, variant_sums nemo_private.metric_sums, control_sums nemo_private.metric_sums)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  metric text := guardrail_is_breached.guardrail ->> 'metric';
  bound double precision := coalesce(guardrail_is_breached.guardrail -> 'limit', guardrail_is_breached.guardrail -> 'worse_than_control_by')::double precision;
  v_mean double precision := variant_sums.sum / variant_sums.n;
  c_mean double precision := control_sums.sum / control_sums.n;
  -- Tuned for finding harm early: see stats/normal-mixture.ts.
  factor double precision := nemo_private.normal_mixture_factor(
    variant_sums.n + coalesce(control_sums.n, 0), guardrail_is_breached.alpha, 1000);
  v_unit double precision;
  c_unit double precision;
  pooled double precision;
begin
  v_unit := nemo_private.unit_variance(variant_sums.n, variant_sums.sum, variant_sums.sum_of_squares);
  if control_sums.n is null then
    case metric
      when 'error_rate', 'latency_p95' then
        -- Of a p95 the share of slow requests is tested: it may be one in twenty.
        return nemo_private.log_evidence_above(variant_sums.sum, variant_sums.n,
          case metric when 'latency_p95' then 0.05 else bound end) >= -ln(guardrail_is_breached.alpha);
      when 'quality' then
        return nemo_private.log_evidence_above(variant_sums.n - variant_sums.sum, variant_sums.n, 1 - bound) >= -ln(guardrail_is_breached.alpha);
      else
        return v_mean - factor * sqrt(v_unit / variant_sums.n) > bound;
    end case;
  end if;

  c_unit := nemo_private.unit_variance(control_sums.n, control_sums.sum, control_sums.sum_of_squares);
  if metric = 'error_rate' then
    -- One more error and one more success on either side, so that no error at all is not taken for certainty.
    v_unit := ((variant_sums.sum + 1) / (variant_sums.n + 2)) * (1 - (variant_sums.sum + 1) / (variant_sums.n + 2)) * variant_sums.n / (variant_sums.n + 2);
    c_unit := ((control_sums.sum + 1) / (control_sums.n + 2)) * (1 - (control_sums.sum + 1) / (control_sums.n + 2)) * control_sums.n / (control_sums.n + 2);
  elsif metric in ('cost', 'latency', 'tokens') then
    if not (v_mean > 0 and c_mean > 0) then
      return false;
    end if;
    v_unit := v_unit / v_mean ^ 2;
    c_unit := c_unit / c_mean ^ 2;
  end if;
  -- Own variance or that of both, whichever is larger: see cautiousVariance of stats/compare-estimates.ts.
  pooled := (v_unit * variant_sums.n + c_unit * control_sums.n) / (variant_sums.n + control_sums.n);
  factor := factor * sqrt(greatest(v_unit, pooled) / variant_sums.n + greatest(c_unit, pooled) / control_sums.n);
  return case metric
    when 'error_rate' then v_mean - c_mean - factor > bound
    when 'quality' then c_mean - v_mean - factor > bound
    else ln(v_mean / c_mean) - factor > ln(1 + bound)
  end;
end
$$;
comment on function nemo_private.guardrail_is_breached(jsonb, double precision, nemo_private.metric_sums, nemo_private.metric_sums) is
  'Whether sums {n, sum, sum_of_squares} show with confidence 1 - alpha, at whatever moment they are looked at, that a variant breaches a guardrail. A limit is judged alone (control sums with n null), worse_than_control_by against the control: a difference of error rate or quality, a share of cost, latency or tokens.';

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
