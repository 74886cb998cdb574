-- Adding up days and weeks that are over, from their hours.

create function nemo_private.bucket_at(buckets integer[], counts bigint[], quantile double precision)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
declare
  n bigint := (select sum(c) from unnest(bucket_at.counts) c);
  reached bigint := 0;
begin
  for place in 1 .. coalesce(cardinality(bucket_at.buckets), 0) loop
    reached := reached + bucket_at.counts[place];
    if reached > bucket_at.quantile * (n - 1) then
      return bucket_at.buckets[place];
    end if;
  end loop;
  return null;
end
$$;
comment on function nemo_private.bucket_at(integer[], bigint[], double precision) is
  'The bucket in which the value of a quantile''s rank is, as histogram_quantile finds it; null for an empty histogram.';

create function nemo_private.fold_day(organization_id uuid, day date)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  delete from nemo_private.daily_usage d
  where d.organization_id = fold_day.organization_id and d.day = fold_day.day
    and d.grain in ('all', 'template', 'version', 'variant', 'key', 'model', 'no_template', 'cell');
  insert into nemo_private.daily_usage
  select fold_day.organization_id, w.grain, fold_day.day, w.template_id, w.version, w.variant, w.api_key_id, w.model, w.requests, w.errors,
    w.cost, w.unpriced, w.tokens_in, w.tokens_out, w.buckets, w.counts,
    nemo_private.bucket_at(w.buckets, w.counts, 0.5), nemo_private.bucket_at(w.buckets, w.counts, 0.95), w.dearest, w.slowest
  from (
  select case g.sets when 31 then 'all' when 15 then 'template' when 7 then 'version' when 27 then 'variant'
      when 29 then 'key' when 30 then 'model' when 24 then 'no_template' else 'cell' end as grain,
    g.template_id, g.version, g.variant, g.api_key_id, g.model,
    sum(g.requests) as requests, sum(g.errors) as errors, nemo_private.money(sum(g.cost)) as cost, sum(g.unpriced) as unpriced,
    sum(g.tokens_in) as tokens_in, sum(g.tokens_out) as tokens_out,
    coalesce(array_agg(g.bucket order by g.bucket) filter (where g.bucket is not null), '{}') as buckets,
    coalesce(array_agg(g.n order by g.bucket) filter (where g.bucket is not null), '{}') as counts,
    max(g.dearest) as dearest, max(g.slowest) as slowest
  from (
    -- Counts, and beside them the histograms' buckets, which a second sum gathers.
    select c.template_id, c.version, c.variant, c.api_key_id, c.model, c.bucket,
      grouping(c.template_id, c.version, c.variant, c.api_key_id, c.model) as sets,
      sum(c.requests) as requests, sum(c.errors) as errors, sum(c.cost) as cost, sum(c.unpriced) as unpriced,
      sum(c.tokens_in) as tokens_in, sum(c.tokens_out) as tokens_out, sum(c.n)::bigint as n,
      max(c.dearest) as dearest, max(c.slowest) as slowest
    from (
      select r.template_id, r.version, r.variant, r.api_key_id, r.model, null::integer as bucket, r.requests, r.errors,
        r.cost_nanousd as cost, r.unpriced, r.prompt_tokens as tokens_in, r.completion_tokens as tokens_out, 0::bigint as n,
        r.most_cost_nanousd as dearest, r.most_latency_ms as slowest
      from nemo.prompt_rollups r
      where r.organization_id = fold_day.organization_id
        and r.hour >= nemo_private.day_start(fold_day.day) and r.hour < nemo_private.day_start(fold_day.day + 1)
      union all
      select r.template_id, r.version, r.variant, r.api_key_id, r.model, e.key::integer, 0, 0, 0, 0, 0, 0, e.value::bigint, null, null
      from nemo.prompt_rollups r cross join lateral jsonb_each_text(r.latency_histogram) e
      where r.organization_id = fold_day.organization_id
        and r.hour >= nemo_private.day_start(fold_day.day) and r.hour < nemo_private.day_start(fold_day.day + 1)
    ) c
    group by grouping sets (
      (c.bucket), (c.template_id, c.bucket), (c.template_id, c.version, c.bucket), (c.variant, c.bucket), (c.api_key_id, c.bucket),
      (c.model, c.bucket), (c.variant, c.api_key_id, c.model, c.bucket),
      (c.template_id, c.version, c.variant, c.api_key_id, c.model, c.bucket))
  ) g
  group by g.sets, g.template_id, g.version, g.variant, g.api_key_id, g.model) w;
end
$$;
comment on function nemo_private.fold_day(uuid, date) is
  'Adds a day up from its hourly rollups, in the place of what was there. Takes no lock: fold_usage does.';

create function nemo_private.fold_week(organization_id uuid, week date)
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  delete from nemo_private.weekly_usage w
  where w.organization_id = fold_week.organization_id and w.week = fold_week.week and w.grain in ('template', 'version');
  insert into nemo_private.weekly_usage
  select fold_week.organization_id, d.grain, fold_week.week, d.template_id, d.version, sum(d.requests)
  from nemo_private.daily_usage d
  where d.organization_id = fold_week.organization_id and d.grain in ('template', 'version')
    and d.day between fold_week.week and fold_week.week + 6
  group by d.grain, d.template_id, d.version;
end
$$;
comment on function nemo_private.fold_week(uuid, date) is 'Adds the week of a Monday up from its days, in the place of what was there.';

create function nemo_private.fold_usage(budget interval default '1 second')
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- An hour after its end nothing of a day is still being written by somebody who takes it for today.
  last_day constant date := nemo_private.utc_day(now() - interval '1 hour') - 1;
  ends constant timestamptz := clock_timestamp() + fold_usage.budget;
  organization record;
  next_day date;
  days integer := 0;
begin
  for organization in
    select o.id, f.until from nemo.organizations o left join nemo_private.usage_folded f on f.organization_id = o.id
    where f.until is null or f.until < last_day or exists (select from nemo_private.stale_usage s where s.organization_id = o.id)
  loop
    perform from nemo.organizations o where o.id = organization.id for key share skip locked;
    -- Never waits, so it cannot be part of a deadlock: whoever is in the way is done by the next time.
    continue when not found or not pg_try_advisory_xact_lock(nemo_private.usage_lock(organization.id));
    for next_day in
      with again as (delete from nemo_private.stale_usage s where s.organization_id = organization.id returning s.day)
      select day from again
    loop
      perform nemo_private.fold_day(organization.id, next_day);
      perform nemo_private.fold_week(organization.id, date_trunc('week', next_day)::date)
      where date_trunc('week', next_day)::date + 6 <= organization.until;
      days := days + 1;
    end loop;
    while coalesce(organization.until, '-infinity') < last_day loop
      select nemo_private.utc_day(r.hour) into next_day from nemo.prompt_rollups r
      where r.organization_id = organization.id and r.hour < nemo_private.day_start(last_day + 1)
        and r.hour >= coalesce(nemo_private.day_start(organization.until + 1), '-infinity')
      order by r.hour limit 1;
      if next_day is not null then
        perform nemo_private.fold_day(organization.id, next_day);
        days := days + 1;
      end if;
      -- Weeks that end with this day, or in the days without requests before it.
      perform nemo_private.fold_week(organization.id, w::date)
      from generate_series(date_trunc('week', coalesce(organization.until + 1, next_day)), coalesce(next_day, last_day) - 6, interval '1 week') w;
      organization.until := coalesce(next_day, last_day);
      insert into nemo_private.usage_folded as f (organization_id, until) values (organization.id, organization.until)
      on conflict (organization_id) do update set until = excluded.until;
      exit when clock_timestamp() > ends;
    end loop;
    exit when clock_timestamp() > ends;
  end loop;
  return days;
end
$$;
comment on function nemo_private.fold_usage(interval) is
  'Adds up the days that are over, of every organization, and those that have changed since; at least one, and as many as the time allows. Returns how many. Repeating it changes nothing.';

revoke execute on all functions in schema nemo_private from public;
