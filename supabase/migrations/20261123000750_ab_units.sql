-- Sums over subjects as people read them, now and as they grew.

create function nemo_private.sums_over_subjects(
  n numeric, sum_x numeric, sum_y numeric, sum_xx numeric, sum_yy numeric, sum_xy numeric, sum_of_squares numeric
)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('n', n, 'sum_x', sum_x::double precision, 'sum_y', sum_y::double precision,
    'sum_xx', sum_xx::double precision, 'sum_yy', sum_yy::double precision, 'sum_xy', sum_xy::double precision,
    'sum_of_squares', sum_of_squares::double precision)
$$;
comment on function nemo_private.sums_over_subjects(numeric, numeric, numeric, numeric, numeric, numeric, numeric) is
  'Sums over subjects as they are answered.';

create function nemo.ab_test_subjects(test_id uuid)
returns table (phase integer, variant text, subjects bigint, sums jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  test nemo.ab_tests;
begin
  select * into test from nemo.ab_tests t where t.id = ab_test_subjects.test_id;
  perform nemo_private.require_role(test.organization_id, 'viewer', 'A/B test');
  return query
    with per_metric as (
      select g.phase, g.variant, g.metric, sum(g.n) as n, sum(g.sum_x) as x, sum(g.sum_y) as y, sum(g.sum_xx) as xx, sum(g.sum_yy) as yy,
        sum(g.sum_xy) as xy, sum(g.sum_of_squares) as squares
      from nemo_private.subject_growth_of(test) g
      group by g.phase, g.variant, g.metric
    )
    select m.phase, m.variant, (max(m.n) filter (where m.metric = 'error_rate'))::bigint,
      jsonb_object_agg(m.metric, nemo_private.sums_over_subjects(m.n, m.x, m.y, m.xx, m.yy, m.xy, m.squares)) filter (where m.n > 0)
    from per_metric m
    group by m.phase, m.variant
    order by m.phase, m.variant;
end
$$;
comment on function nemo.ab_test_subjects(uuid) is
  'Sums over subjects per phase and variant, for tests that assign by subject (viewer): x is a subject''s number of values, y their total, sum_of_squares that of the single values. From what was really served, up to the newest request. Under data policy none nothing is added; a request that named no subject is a subject of its own, and so is one who comes back after the log has forgotten them. NM001, NM003.';

create function nemo_private.subject_points(test nemo.ab_tests, phase integer)
returns table (variant text, at timestamptz, step_seconds integer, subjects bigint, sums jsonb)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with grown as materialized (
      select g.* from nemo_private.subject_growth_of(test) g
      where g.phase = subject_points.phase and g.metric in ('error_rate', test.primary_metric)
    ), length as materialized (
      select case when max(g.at) - min(g.at) <= interval '6 hours' then interval '5 minutes'
        when max(g.at) - min(g.at) <= interval '3 days' then interval '1 hour' else interval '1 day' end as step from grown g
    )
    select g.variant, date_bin(l.step, g.at, timestamptz '2000-01-01Z') as span, extract(epoch from l.step)::integer,
      coalesce(sum(g.n) filter (where g.metric = 'error_rate'), 0)::bigint,
      jsonb_build_object(test.primary_metric, nemo_private.sums_over_subjects(
        coalesce(sum(g.n) filter (where g.metric = test.primary_metric), 0), coalesce(sum(g.sum_x) filter (where g.metric = test.primary_metric), 0),
        coalesce(sum(g.sum_y) filter (where g.metric = test.primary_metric), 0), coalesce(sum(g.sum_xx) filter (where g.metric = test.primary_metric), 0),
        coalesce(sum(g.sum_yy) filter (where g.metric = test.primary_metric), 0), coalesce(sum(g.sum_xy) filter (where g.metric = test.primary_metric), 0),
        coalesce(sum(g.sum_of_squares) filter (where g.metric = test.primary_metric), 0)))
    from grown g cross join length l
    group by g.variant, span, l.step
    order by span, g.variant;
end
$$;
comment on function nemo_private.subject_points(nemo.ab_tests, integer) is
  'How the sums over subjects of the deciding metric grew in a phase, in about sixty spans. Asks nobody''s leave: its caller does.';

-- How those sums grew, so that the interval can be drawn as it was at each moment.
create function nemo.ab_test_subject_timeline(test_id uuid, phase integer default null)
returns table (variant text, at timestamptz, step_seconds integer, subjects bigint, sums jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- So many are read in a moment, and tell the first hours of a phase by seconds and minutes.
  most_logs constant integer := 20000;
  test nemo.ab_tests;
  wanted integer;
  counted bigint;
  first_request timestamptz;
  last_request timestamptz;
  span interval;
  step interval;
begin
  select * into test from nemo.ab_tests t where t.id = ab_test_subject_timeline.test_id;
  perform nemo_private.require_role(test.organization_id, 'viewer', 'A/B test');
  wanted := coalesce(ab_test_subject_timeline.phase, test.phase);
  select sum(r.requests), min(r.hour), max(r.hour) + interval '1 hour' into counted, first_request, last_request
  from nemo.prompt_rollups r
  where r.organization_id = test.organization_id and r.test_id = test.id and r.test_phase = wanted and r.variant is not null;
  if counted is null then
    return;
  elsif counted > most_logs or last_request - first_request > interval '7 hours' then
    return query select * from nemo_private.subject_points(test, wanted);
    return;
  end if;
  select min(l.created_at), max(l.created_at) into first_request, last_request
  from nemo.prompt_logs l
  where l.organization_id = test.organization_id and l.template_id = test.template_id and l.created_at >= first_request
    and l.test_id = test.id and l.test_phase = wanted and l.variant is not null;
  span := last_request - first_request;
  step := case
    when span <= interval '10 minutes' then interval '10 seconds'
    when span <= interval '1 hour' then interval '1 minute'
    else interval '5 minutes' end;
  return query
    with requests as (
      select l.variant, coalesce(l.subject_hash, l.request_id::text) as subject,
        date_bin(step, l.created_at, timestamptz '2000-01-01Z') as at,
        case test.primary_metric
          when 'error_rate' then l.failed::integer
          when 'quality' then l.quality
          when 'cost' then l.cost
          when 'tokens' then l.tokens
          else l.latency
        end::double precision as value
      from nemo_private.measured_requests l
      where l.organization_id = test.organization_id and l.template_id = test.template_id and l.created_at >= first_request
        and l.test_id = test.id and l.test_phase = wanted and l.variant is not null
    ), spans as (
      select r.variant, r.subject, r.at, count(r.value)::double precision as x, coalesce(sum(r.value), 0) as y,
        coalesce(sum(r.value ^ 2), 0) as squares, row_number() over (partition by r.variant, r.subject order by r.at) = 1 as is_first
      from requests r
      group by r.variant, r.subject, r.at
    ), grown as (
      select s.*, sum(s.x) over upto as all_x, sum(s.y) over upto as all_y
      from spans s
      window upto as (partition by s.variant, s.subject order by s.at)
    )
    select g.variant, g.at, extract(epoch from step)::integer, count(*) filter (where g.is_first),
      jsonb_build_object(test.primary_metric, jsonb_build_object(
        'n', count(*) filter (where g.x > 0 and g.all_x = g.x), 'sum_x', sum(g.x), 'sum_y', sum(g.y),
        'sum_xx', sum(g.all_x ^ 2 - (g.all_x - g.x) ^ 2), 'sum_yy', sum(g.all_y ^ 2 - (g.all_y - g.y) ^ 2),
        'sum_xy', sum(g.all_x * g.all_y - (g.all_x - g.x) * (g.all_y - g.y)), 'sum_of_squares', sum(g.squares)))
    from grown g
    group by g.variant, g.at
    order by g.at, g.variant;
end
$$;
comment on function nemo.ab_test_subject_timeline(uuid, integer) is
  'For tests that assign by subject, what each span of step_seconds of a phase (the current one unless told) added to the sums of ab_test_subjects of the deciding metric, oldest first, and how many subjects came for the first time (viewer). Added up to a moment they are the sums of that moment. Spans are 10 seconds to 5 minutes, from the logs, for a phase of a few hours and at most 20 000 requests; else 5 minutes, an hour or a day, in which what was counted late is added to what was counted before it. NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_subjects(uuid), nemo.ab_test_subject_timeline(uuid, integer) to authenticated, service_role;
