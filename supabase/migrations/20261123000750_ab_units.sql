-- What the rollups cannot tell: sums over subjects, now and as they grew.

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
    with requests as (
      select l.test_phase as phase, l.variant, coalesce(l.subject_hash, l.request_id::text) as subject,
        l.failed, l.quality, l.cost, l.tokens, l.latency
      from nemo_private.measured_requests l
      where l.organization_id = test.organization_id and l.template_id = test.template_id
        and l.test_id = test.id and l.variant is not null and l.created_at >= test.started_at - interval '1 minute'
    ), per_subject as (
      select r.phase, r.variant, count(*) as n, count(*) filter (where r.failed) as failed,
        count(r.quality) as rated, sum(r.quality) as quality, count(r.cost) as priced, sum(r.cost) as cost,
        sum(r.tokens) as tokens, sum(r.quality ^ 2) as quality_squared, sum(r.cost ^ 2) as cost_squared,
        sum(r.tokens ^ 2) as tokens_squared,
        sum(r.latency ^ 2) as latency_squared, count(r.latency) as timed, sum(r.latency) as latency
      from requests r
      group by r.phase, r.variant, r.subject
    ), per_metric as (
      select s.phase, s.variant, m.metric, count(*) as n, sum(m.x) as sum_x, sum(m.y) as sum_y,
        sum(m.x * m.x) as sum_xx, sum(m.y * m.y) as sum_yy, sum(m.x * m.y) as sum_xy,
        sum(m.squares) as sum_of_squares
      from per_subject s
      cross join lateral (values
        ('error_rate', s.n::double precision, s.failed::double precision, s.failed::double precision),
        ('quality', s.rated, s.quality, s.quality_squared),
        ('cost', s.priced, s.cost, s.cost_squared),
        ('tokens', s.n, s.tokens, s.tokens_squared),
        ('latency', s.timed, s.latency, s.latency_squared)
      ) m (metric, x, y, squares)
      where m.x > 0
      group by s.phase, s.variant, m.metric
    )
    select m.phase, m.variant, max(m.n) filter (where m.metric = 'error_rate'),
      jsonb_object_agg(m.metric, jsonb_build_object('n', m.n, 'sum_x', m.sum_x, 'sum_y', m.sum_y,
        'sum_xx', m.sum_xx, 'sum_yy', m.sum_yy, 'sum_xy', m.sum_xy, 'sum_of_squares', m.sum_of_squares))
    from per_metric m
    group by m.phase, m.variant
    order by m.phase, m.variant;
end
$$;
comment on function nemo.ab_test_subjects(uuid) is
  'Sums over subjects per phase and variant, for tests that assign by subject (viewer): x is a subject''s number of values, y their total, sum_of_squares that of the single values. Read from the logs as long as they are kept, so nothing under data policy none; a request that named no subject is a subject of its own. NM001, NM003.';

-- How those sums grew, so that the interval can be drawn as it was at each moment. Per span what it added: of a subject
-- that had (x, y) before and has (X, Y) after, sum_xx grew by X² − x², and sum_xy by XY − xy.
create function nemo.ab_test_subject_timeline(test_id uuid, phase integer default null)
returns table (variant text, at timestamptz, step_seconds integer, subjects bigint, sums jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- As far as a picture is worth the reading.
  most_logs constant integer := 200000;
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
  if counted is null or counted > most_logs then
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
    when span <= interval '6 hours' then interval '5 minutes'
    when span <= interval '3 days' then interval '1 hour'
    else interval '1 day' end;
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
  'For tests that assign by subject, what each span of step_seconds of a phase (the current one unless told) added to the sums of ab_test_subjects of the deciding metric, oldest first, and how many subjects came for the first time (viewer). Added up to a moment they are the sums of that moment. From the logs, for phases of at most 200 000 requests. NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_subjects(uuid), nemo.ab_test_subject_timeline(uuid, integer) to authenticated, service_role;
