-- The hourly rollups of a day, added up once the day is over, so that a quarter is read from some hundred rows however
-- many templates, keys and models there are. Nothing here is a source: all of it can be thrown away and added up again.
-- A day that is not added up yet, or whose rollups have changed since, is read from its hours.

create table nemo_private.daily_usage (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  grain text not null check (grain in ('all', 'template', 'version', 'variant', 'key', 'model', 'no_template', 'cell')),
  day date not null,
  template_id text,
  version integer,
  variant text,
  api_key_id uuid,
  model text,
  requests bigint not null,
  errors bigint not null,
  cost_nanousd bigint not null,
  unpriced bigint not null,
  prompt_tokens bigint not null,
  completion_tokens bigint not null,
  latency_buckets integer[] not null,
  latency_counts bigint[] not null,
  latency_p50 integer,
  latency_p95 integer
);
comment on table nemo_private.daily_usage is 'Requests counted per day (UTC): once in all, once per template, version, variant, key and model, once per variant, key and model together, and once by all of them.';
comment on column nemo_private.daily_usage.organization_id is 'The organization.';
comment on column nemo_private.daily_usage.grain is 'By what these were counted: all (by nothing), template, version (of a template), variant, key, model, no_template (variant, key and model) or cell (everything). Columns that were not counted by are null.';
comment on column nemo_private.daily_usage.day is 'The day in which the requests arrived (UTC).';
comment on column nemo_private.daily_usage.template_id is 'The template served; null for requests without one.';
comment on column nemo_private.daily_usage.version is 'The version really served.';
comment on column nemo_private.daily_usage.variant is 'The variant really served.';
comment on column nemo_private.daily_usage.api_key_id is 'The key that asked.';
comment on column nemo_private.daily_usage.model is 'The model asked of the provider.';
comment on column nemo_private.daily_usage.requests is 'How many requests.';
comment on column nemo_private.daily_usage.errors is 'How many of them failed.';
comment on column nemo_private.daily_usage.cost_nanousd is 'The sum of the known costs.';
comment on column nemo_private.daily_usage.unpriced is 'How many have no known price.';
comment on column nemo_private.daily_usage.prompt_tokens is 'Tokens of prompts.';
comment on column nemo_private.daily_usage.completion_tokens is 'Generated tokens.';
comment on column nemo_private.daily_usage.latency_buckets is 'The buckets of the latency histogram that hold any; see nemo_private.latency_bucket.';
comment on column nemo_private.daily_usage.latency_counts is 'How many each of them holds.';
comment on column nemo_private.daily_usage.latency_p50 is 'The bucket that half of them reach; null without any.';
comment on column nemo_private.daily_usage.latency_p95 is 'The bucket that 95 % of them reach.';
alter table nemo_private.daily_usage enable row level security, force row level security;
-- Of thousands of templates the busiest are found in the index alone; what is told of them is then read by the second one.
create index daily_usage_day_idx on nemo_private.daily_usage (organization_id, grain, day)
  include (template_id, version, variant, api_key_id, model, requests);
create index daily_usage_template_idx on nemo_private.daily_usage (organization_id, grain, template_id, day);

create table nemo_private.weekly_usage (
  organization_id uuid not null references nemo.organizations (id) on delete cascade,
  grain text not null check (grain in ('template', 'version')),
  week date not null check (extract(isodow from week) = 1),
  template_id text,
  version integer,
  requests bigint not null
);
comment on table nemo_private.weekly_usage is 'How many requests templates and versions had in weeks that are over: among thousands of them the busiest are found in a seventh of the rows.';
comment on column nemo_private.weekly_usage.organization_id is 'The organization.';
comment on column nemo_private.weekly_usage.grain is 'template or version.';
comment on column nemo_private.weekly_usage.week is 'The Monday the week begins with (UTC).';
comment on column nemo_private.weekly_usage.template_id is 'The template served; null for requests without one.';
comment on column nemo_private.weekly_usage.version is 'The version really served; null where only templates are told apart.';
comment on column nemo_private.weekly_usage.requests is 'How many requests.';
alter table nemo_private.weekly_usage enable row level security, force row level security;
create index weekly_usage_week_idx on nemo_private.weekly_usage (organization_id, grain, week) include (template_id, version, requests);

create table nemo_private.usage_folded (
  organization_id uuid primary key references nemo.organizations (id) on delete cascade,
  until date not null
);
comment on table nemo_private.usage_folded is 'How far each organization''s days are added up in daily_usage.';
comment on column nemo_private.usage_folded.organization_id is 'The organization.';
comment on column nemo_private.usage_folded.until is 'The last day that is.';
alter table nemo_private.usage_folded enable row level security, force row level security;

create table nemo_private.stale_usage (
  organization_id uuid references nemo.organizations (id) on delete cascade,
  day date,
  primary key (organization_id, day)
);
comment on table nemo_private.stale_usage is 'Days whose rollups have changed after they were added up: they are read from their hours until they are added up again.';
comment on column nemo_private.stale_usage.organization_id is 'The organization.';
comment on column nemo_private.stale_usage.day is 'The day.';
alter table nemo_private.stale_usage enable row level security, force row level security;

create function nemo_private.utc_day(moment timestamptz)
returns date
language sql
immutable
set search_path = ''
as $$
  select (utc_day.moment at time zone 'UTC')::date
$$;
comment on function nemo_private.utc_day(timestamptz) is 'The day of a moment in UTC.';

create function nemo_private.day_start(day date)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select day_start.day::timestamp at time zone 'UTC'
$$;
comment on function nemo_private.day_start(date) is 'The first moment of a day in UTC.';

-- Whoever adds a day up holds this lock alone, whoever changes a day that is over shares it. Otherwise a change that is
-- not committed yet could be missed by both.
create function nemo_private.usage_lock(organization_id uuid)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select hashtextextended('nemo.daily_usage:' || usage_lock.organization_id::text, 7)
$$;
comment on function nemo_private.usage_lock(uuid) is 'The advisory lock of an organization''s days.';

create function nemo_private.note_late_usage(finished nemo_private.finished_request[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  late record;
begin
  for late in
    select distinct f.organization_id, nemo_private.utc_day(f.created_at) as day from unnest(note_late_usage.finished) f
    where f.created_at < date_trunc('day', now(), 'UTC') order by 1, 2
  loop
    perform pg_advisory_xact_lock_shared(nemo_private.usage_lock(late.organization_id));
    insert into nemo_private.stale_usage (organization_id, day)
    select late.organization_id, late.day from nemo_private.usage_folded f
    where f.organization_id = late.organization_id and late.day <= f.until
    on conflict do nothing;
  end loop;
end
$$;
comment on function nemo_private.note_late_usage(nemo_private.finished_request[]) is
  'Notes the days that are added up and get another request, in the transaction that counts it.';

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
    nemo_private.bucket_at(w.buckets, w.counts, 0.5), nemo_private.bucket_at(w.buckets, w.counts, 0.95)
  from (
  select case g.sets when 31 then 'all' when 15 then 'template' when 7 then 'version' when 27 then 'variant'
      when 29 then 'key' when 30 then 'model' when 24 then 'no_template' else 'cell' end as grain,
    g.template_id, g.version, g.variant, g.api_key_id, g.model,
    sum(g.requests) as requests, sum(g.errors) as errors, nemo_private.money(sum(g.cost)) as cost, sum(g.unpriced) as unpriced,
    sum(g.tokens_in) as tokens_in, sum(g.tokens_out) as tokens_out,
    coalesce(array_agg(g.bucket order by g.bucket) filter (where g.bucket is not null), '{}') as buckets,
    coalesce(array_agg(g.n order by g.bucket) filter (where g.bucket is not null), '{}') as counts
  from (
    -- Counts, and beside them the histograms' buckets, which a second sum gathers.
    select c.template_id, c.version, c.variant, c.api_key_id, c.model, c.bucket,
      grouping(c.template_id, c.version, c.variant, c.api_key_id, c.model) as sets,
      sum(c.requests) as requests, sum(c.errors) as errors, sum(c.cost) as cost, sum(c.unpriced) as unpriced,
      sum(c.tokens_in) as tokens_in, sum(c.tokens_out) as tokens_out, sum(c.n)::bigint as n
    from (
      select r.template_id, r.version, r.variant, r.api_key_id, r.model, null::integer as bucket, r.requests, r.errors,
        r.cost_nanousd as cost, r.unpriced, r.prompt_tokens as tokens_in, r.completion_tokens as tokens_out, 0::bigint as n
      from nemo.prompt_rollups r
      where r.organization_id = fold_day.organization_id
        and r.hour >= nemo_private.day_start(fold_day.day) and r.hour < nemo_private.day_start(fold_day.day + 1)
      union all
      select r.template_id, r.version, r.variant, r.api_key_id, r.model, e.key::integer, 0, 0, 0, 0, 0, 0, e.value::bigint
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
