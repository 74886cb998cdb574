-- What the rollups cannot tell: sums over subjects, and what a metric has been before a test.

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
        nemo_private.request_failed(l.status, l.error_code) as failed,
        l.status, l.quality, l.cost_nanousd::double precision as cost, l.latency_ms,
        coalesce(l.prompt_tokens, 0)::double precision + coalesce(l.completion_tokens, 0) as tokens
      from nemo.prompt_logs l
      where l.organization_id = test.organization_id and l.template_id = test.template_id
        and l.test_id = test.id and l.variant is not null and l.created_at >= test.started_at - interval '1 minute'
    ), per_subject as (
      select r.phase, r.variant, count(*) as n, count(*) filter (where r.failed) as failed,
        count(r.quality) as rated, sum(r.quality) as quality, count(r.cost) as priced, sum(r.cost) as cost,
        sum(r.tokens) as tokens,
        count(r.latency_ms) filter (where not r.failed and r.status <> 499) as timed,
        sum(r.latency_ms) filter (where not r.failed and r.status <> 499) as latency
      from requests r
      group by r.phase, r.variant, r.subject
    ), per_metric as (
      select s.phase, s.variant, m.metric, count(*) as n, sum(m.x) as sum_x, sum(m.y) as sum_y,
        sum(m.x * m.x) as sum_xx, sum(m.y * m.y) as sum_yy, sum(m.x * m.y) as sum_xy
      from per_subject s
      cross join lateral (values
        ('error_rate', s.n::double precision, s.failed::double precision),
        ('quality', s.rated, s.quality),
        ('cost', s.priced, s.cost),
        ('tokens', s.n, s.tokens),
        ('latency', s.timed, s.latency)
      ) m (metric, x, y)
      where m.x > 0
      group by s.phase, s.variant, m.metric
    )
    select m.phase, m.variant, max(m.n) filter (where m.metric = 'error_rate'),
      jsonb_object_agg(m.metric, jsonb_build_object('n', m.n, 'sum_x', m.sum_x, 'sum_y', m.sum_y,
        'sum_xx', m.sum_xx, 'sum_yy', m.sum_yy, 'sum_xy', m.sum_xy))
    from per_metric m
    group by m.phase, m.variant
    order by m.phase, m.variant;
end
$$;
comment on function nemo.ab_test_subjects(uuid) is
  'Sums over subjects per phase and variant, for tests that assign by subject (viewer): x is a subject''s number of values, y their total. Read from the logs as long as they are kept, so nothing under data policy none; a request that named no subject is a subject of its own. NM001, NM003.';

create function nemo.ab_test_baseline(template_id text, days integer default 7)
returns table (metric text, n double precision, sum double precision, sum_of_squares double precision, per_day double precision)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  template nemo.prompt_templates;
  wanted integer := nemo_private.check_range(ab_test_baseline.days, 'number of days', 1, 90);
begin
  select * into template from nemo.prompt_templates t where t.id = ab_test_baseline.template_id;
  perform nemo_private.require_role(template.organization_id, 'viewer', 'template');
  return query
    with hours as (
      select r.* from nemo.prompt_rollups r
      where r.organization_id = template.organization_id and r.template_id = template.id
        and r.hour >= date_trunc('hour', now()) - make_interval(days => coalesce(wanted, 7))
        and not exists (select from nemo.api_keys k where k.id = r.api_key_id and k.purpose = 'playground')
    ), span as (
      -- A template that is younger than the window is measured by its own age, of at least an hour.
      select greatest(extract(epoch from now() - min(h.hour)), 3600) / 86400 as days from hours h
    )
    select m.metric, sum(m.n)::double precision, sum(m.sum)::double precision, sum(m.sum_of_squares),
      (sum(m.n) / max(span.days))::double precision
    from hours h
    cross join span
    cross join lateral (values
      ('error_rate', h.requests, h.errors::double precision, h.errors::double precision),
      ('quality', h.quality_count, h.quality_sum, h.quality_squared),
      ('cost', h.requests - h.unpriced, h.cost_nanousd::double precision, h.cost_squared),
      ('tokens', h.requests, (h.prompt_tokens + h.completion_tokens)::double precision, h.tokens_squared),
      ('latency', h.latency_count, h.latency_ms_sum, h.latency_ms_squared)
    ) m (metric, n, sum, sum_of_squares)
    group by m.metric;
end
$$;
comment on function nemo.ab_test_baseline(text, integer) is
  'What each metric of a template has been in the last days, and how many values it gets per day: what a test is planned with before it starts (viewer). NM001, NM003, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_subjects(uuid), nemo.ab_test_baseline(text, integer) to authenticated, service_role;
