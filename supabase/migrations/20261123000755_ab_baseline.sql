-- What the metrics of a template have been lately: what a test is planned with before it starts.

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

create function nemo.ab_test_subject_baseline(template_id text, days integer default 7)
returns table (metric text, sums jsonb, days_seen double precision, new_per_day double precision)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Of a busy template the newest requests tell enough, and of these what an eighth of the people asked.
  most_logs constant integer := 200000;
  most_people_of constant integer := 40000;
  part integer := 1;
  template nemo.prompt_templates;
  wanted integer := nemo_private.check_range(ab_test_subject_baseline.days, 'number of days', 1, 90);
  since timestamptz := now() - make_interval(days => coalesce(wanted, 7));
begin
  select * into template from nemo.prompt_templates t where t.id = ab_test_subject_baseline.template_id;
  perform nemo_private.require_role(template.organization_id, 'viewer', 'template');
  if (select sum(r.requests) from nemo.prompt_rollups r
      where r.organization_id = template.organization_id and r.template_id = template.id and r.hour >= since) > most_people_of then
    part := 8;
  end if;
  return query
    with requests as materialized (
      select l.subject_hash, l.created_at, l.quality, l.failed, l.cost, l.tokens, l.latency
      from nemo_private.measured_requests l
      where l.organization_id = template.organization_id and l.template_id = template.id and l.created_at >= since
        and l.subject_hash is not null
        -- A hash is as good as a throw of dice.
        and (part = 1 or l.subject_hash < '2' collate "C")
        and not exists (select from nemo.api_keys k where k.id = l.api_key_id and k.purpose = 'playground')
      order by l.created_at desc
      limit most_logs / part
    ), span as (
      -- A template that is younger than the window is measured by its own age, of at least an hour.
      select min(r.created_at) as began, greatest(extract(epoch from now() - min(r.created_at)), 3600) / 86400 as days from requests r
    ), measured as (
      select r.subject_hash, r.created_at, m.metric, m.value
      from requests r
      cross join lateral (values
        ('error_rate', r.failed::integer::double precision),
        ('quality', r.quality),
        ('cost', r.cost),
        ('tokens', r.tokens),
        ('latency', r.latency)
      ) m (metric, value)
      where m.value is not null
    ), per_subject as (
      select m.metric, m.subject_hash, count(*)::double precision as x, sum(m.value) as y, sum(m.value ^ 2) as squares,
        min(m.created_at) as first_seen
      from measured m
      group by m.metric, m.subject_hash
    )
    select p.metric, jsonb_build_object('n', count(*), 'sum_x', sum(p.x), 'sum_y', sum(p.y), 'sum_xx', sum(p.x ^ 2),
        'sum_yy', sum(p.y ^ 2), 'sum_xy', sum(p.x * p.y), 'sum_of_squares', sum(p.squares)),
      max(span.days)::double precision,
      -- Those who came for the first time in the second half of the time: the first half knew nobody yet.
      (count(*) filter (where p.first_seen >= span.began + make_interval(secs => span.days * 86400 / 2)) / (max(span.days) / 2))::double precision * part
    from per_subject p
    cross join span
    group by p.metric;
end
$$;
comment on function nemo.ab_test_subject_baseline(text, integer) is
  'The same for tests by subject, from the logs (viewer): sums over those who were named in the last days, as in ab_test_subjects, how many days that was, and how many people who had not been there before came per day in its second half; of a template with many requests one in eight people, and no more than its newest requests. Nothing where no request named a subject, or under data policy none. NM001, NM003, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_baseline(text, integer), nemo.ab_test_subject_baseline(text, integer) to authenticated, service_role;
