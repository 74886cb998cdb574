-- A test's results over time: from the logs while they tell all of it, so that the first minutes can be watched,
-- else from the hourly rollups.

create type nemo_private.ab_point as (
  letter text, at timestamptz, requests bigint, errors bigint, cost_count bigint, cost double precision,
  cost_squared double precision, tokens double precision, tokens_squared double precision, latency_count bigint,
  latency double precision, latency_squared double precision, latency_histogram jsonb, quality_count bigint,
  quality double precision, quality_squared double precision
);
comment on type nemo_private.ab_point is 'What a variant measured in one span of time.';

create function nemo_private.ab_points_from_logs(test nemo.ab_tests, phase integer, since timestamptz, step interval)
returns setof nemo_private.ab_point
language sql
stable
set search_path = ''
as $$
  select r.variant, r.at, count(*), count(*) filter (where r.failed),
    count(r.cost), coalesce(sum(r.cost), 0), coalesce(sum(r.cost ^ 2), 0), sum(r.tokens), sum(r.tokens ^ 2),
    count(r.latency), coalesce(sum(r.latency), 0), coalesce(sum(r.latency ^ 2), 0),
    nemo_private.histogram_of(array_agg(r.latency)),
    count(r.quality), coalesce(sum(r.quality), 0), coalesce(sum(r.quality ^ 2), 0)
  from (
    select l.variant, date_bin(ab_points_from_logs.step, l.created_at, timestamptz '2000-01-01Z') as at, l.quality,
      l.failed, l.cost, l.tokens, l.latency
    from nemo_private.measured_requests l
    where l.organization_id = test.organization_id and l.template_id = test.template_id and l.created_at >= ab_points_from_logs.since
      and l.test_id = test.id and l.test_phase = ab_points_from_logs.phase and l.variant is not null
  ) r
  group by r.variant, r.at
$$;
comment on function nemo_private.ab_points_from_logs(nemo.ab_tests, integer, timestamptz, interval) is
  'The logged requests of a phase per variant and span. Asks nobody''s leave: its caller does.';

create function nemo_private.ab_points_from_rollups(test nemo.ab_tests, phase integer, step interval)
returns setof nemo_private.ab_point
language sql
stable
set search_path = ''
as $$
  select r.variant, date_bin(ab_points_from_rollups.step, r.hour, timestamptz '2000-01-01Z') as at,
    sum(r.requests)::bigint, sum(r.errors)::bigint,
    sum(r.requests - r.unpriced)::bigint, sum(r.cost_nanousd)::double precision, sum(r.cost_squared),
    sum(r.prompt_tokens + r.completion_tokens)::double precision, sum(r.tokens_squared),
    sum(r.latency_count)::bigint, sum(r.latency_ms_sum), sum(r.latency_ms_squared),
    nemo_private.sum_histograms(array_agg(r.latency_histogram)),
    sum(r.quality_count)::bigint, sum(r.quality_sum), sum(r.quality_squared)
  from nemo.prompt_rollups r
  where r.organization_id = test.organization_id and r.test_id = test.id
    and r.test_phase = ab_points_from_rollups.phase and r.variant is not null
  group by r.variant, at
$$;
comment on function nemo_private.ab_points_from_rollups(nemo.ab_tests, integer, interval) is
  'The rollups of a phase per variant and span of at least an hour. Asks nobody''s leave: its caller does.';

create function nemo.ab_test_timeline(test_id uuid, phase integer default null)
returns table (
  variant text,
  at timestamptz,
  step_seconds integer,
  n bigint,
  errors bigint,
  sums jsonb,
  latency_p95_ms double precision
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Reading more rows than this for a picture would keep the database from its work.
  most_logs constant integer := 20000;
  test nemo.ab_tests;
  wanted integer;
  counted bigint;
  first_request timestamptz;
  last_request timestamptz;
  logged bigint := 0;
  step interval;
begin
  select * into test from nemo.ab_tests t where t.id = ab_test_timeline.test_id;
  perform nemo_private.require_role(test.organization_id, 'viewer', 'A/B test');
  wanted := coalesce(ab_test_timeline.phase, test.phase);
  select sum(r.requests), min(r.hour), max(r.hour) + interval '1 hour' into counted, first_request, last_request
  from nemo.prompt_rollups r
  where r.organization_id = test.organization_id and r.test_id = test.id and r.test_phase = wanted;
  if counted <= most_logs and last_request - first_request <= interval '6 hours' then
    select count(*), min(l.created_at), max(l.created_at) into logged, first_request, last_request
    from nemo.prompt_logs l
    where l.organization_id = test.organization_id and l.template_id = test.template_id and l.created_at >= first_request
      and l.test_id = test.id and l.test_phase = wanted and l.variant is not null;
  end if;
  -- At most about sixty points: more cannot be told apart on a screen.
  step := case
    when logged < counted or logged = 0 then
      case when last_request - first_request > interval '10 days' then interval '1 day' else interval '1 hour' end
    when last_request - first_request <= interval '10 minutes' then interval '10 seconds'
    when last_request - first_request <= interval '1 hour' then interval '1 minute'
    else interval '5 minutes' end;
  return query
    with points as (
      select * from nemo_private.ab_points_from_logs(test, wanted, first_request, step) where logged >= counted and logged > 0
      union all
      select * from nemo_private.ab_points_from_rollups(test, wanted, step) where logged < counted
    )
    select p.letter, p.at, extract(epoch from step)::integer, p.requests, p.errors,
      jsonb_object_agg(m.metric, jsonb_build_object('n', m.n, 'sum', m.sum, 'sum_of_squares', m.sum_of_squares)),
      nemo_private.histogram_quantile(p.latency_histogram, 0.95)
    from points p
    cross join lateral (values
      ('error_rate', p.requests, p.errors::double precision, p.errors::double precision),
      ('quality', p.quality_count, p.quality, p.quality_squared),
      ('cost', p.cost_count, p.cost, p.cost_squared),
      ('tokens', p.requests, p.tokens, p.tokens_squared),
      ('latency', p.latency_count, p.latency, p.latency_squared)
    ) m (metric, n, sum, sum_of_squares)
    group by p.letter, p.at, p.requests, p.errors, p.latency_histogram
    order by p.at, p.letter;
end
$$;
comment on function nemo.ab_test_timeline(uuid, integer) is
  'What each variant of a phase (the current one unless told) measured per span of step_seconds, oldest first (viewer): requests, errors, sums as in ab_test_report, latency p95 in milliseconds. Spans are 10 seconds to 5 minutes for a phase of a few hours whose requests are all in the logs, else hours or days. NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_timeline(uuid, integer) to authenticated, service_role;
