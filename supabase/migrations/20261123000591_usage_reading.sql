-- Sums over time: days that are added up from daily_usage, all others from the hours.

create function nemo_private.usage_sources(
  organization_id uuid,
  since timestamptz,
  step text,
  out first_day date,
  out last_day date,
  out stale date[],
  out first_hours timestamptz[],
  out beyond_hours timestamptz[]
)
language plpgsql
stable
set search_path = ''
as $$
begin
  first_day := nemo_private.utc_day(usage_sources.since + interval '1 day' - interval '1 microsecond');
  select f.until into last_day from nemo_private.usage_folded f
  where f.organization_id = usage_sources.organization_id and usage_sources.step = 'day' and f.until >= usage_sources.first_day;
  if last_day is null then
    first_hours := array[usage_sources.since];
    beyond_hours := array['infinity'::timestamptz];
    return;
  end if;
  select array_agg(s.day) into stale from nemo_private.stale_usage s
  where s.organization_id = usage_sources.organization_id and s.day between usage_sources.first_day and usage_sources.last_day;
  select array_agg(h.first), array_agg(h.beyond) into first_hours, beyond_hours
  from (
    select usage_sources.since, nemo_private.day_start(usage_sources.first_day)
    where usage_sources.since < nemo_private.day_start(usage_sources.first_day)
    union all
    select nemo_private.day_start(d), nemo_private.day_start(d + 1) from unnest(usage_sources.stale) d
    union all
    select nemo_private.day_start(usage_sources.last_day + 1), 'infinity'
  ) h (first, beyond);
end
$$;
comment on function nemo_private.usage_sources(uuid, timestamptz, text) is
  'Where the sums since a time are: the days first_day to last_day, but for the stale ones, in daily_usage (no last_day: none), and what is in the hours from first_hours up to beyond_hours. Those are a first day that is asked for in part, days that changed after they were added up, and all that came since.';

create function nemo_private.usage_grain(by_template boolean, by_version boolean, by_variant boolean, by_key boolean, by_model boolean)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when not (by_template or by_version or by_variant or by_key or by_model) then 'all'
    when not (by_variant or by_key or by_model) then case when by_version then 'version' else 'template' end
    when by_template or by_version then 'cell'
    when not (by_key or by_model) then 'variant'
    when not (by_variant or by_model) then 'key'
    when not (by_variant or by_key) then 'model'
    else 'no_template' end
$$;
comment on function nemo_private.usage_grain(boolean, boolean, boolean, boolean, boolean) is
  'The coarsest grain of daily_usage that knows what is asked for.';

create function nemo.usage_series(
  organization_id uuid,
  since timestamptz,
  step text default 'day',
  split_by text default null,
  template_id text default null,
  version integer default null,
  variant text default null,
  api_key_id uuid default null,
  model text default null
)
returns table (
  scope text,
  at timestamptz,
  part text,
  requests bigint,
  errors bigint,
  cost_nanousd bigint,
  unpriced bigint,
  prompt_tokens bigint,
  completion_tokens bigint,
  latency_p50_ms double precision,
  latency_p95_ms double precision
)
language plpgsql
stable
security definer
set search_path = ''
-- A second of compiling for a tenth of one of work.
set jit = off
as $$
declare
  -- More lines than this cannot be told apart; the rest is one more.
  most_parts constant integer := 5;
  sources record;
  days text;
  hours text;
  own text;
  filters text := '';
  rest_grain text;
  part_grain text;
  names text[];
  versions integer[];
begin
  perform nemo_private.require_role(usage_series.organization_id, 'viewer');
  perform nemo_private.check_choice(usage_series.step, 'step', array['hour', 'day']);
  if usage_series.split_by is not null then
    perform nemo_private.check_choice(usage_series.split_by, 'split', array['template', 'version', 'variant', 'key', 'model']);
  end if;
  if usage_series.since is null or usage_series.since < now() - interval '400 days' then
    perform nemo_private.fail('NM015', 'The time begins more than 400 days ago.', 'Choose a later beginning.');
  end if;
  sources := nemo_private.usage_sources(usage_series.organization_id, usage_series.since, usage_series.step);
  -- Only what is given becomes a condition, so that each question has its own plan and its own index.
  if usage_series.template_id is not null then filters := filters || ' and x.template_id = $7'; end if;
  if usage_series.version is not null then filters := filters || ' and x.version = $8'; end if;
  if usage_series.variant is not null then filters := filters || ' and x.variant = $9'; end if;
  if usage_series.api_key_id is not null then filters := filters || ' and x.api_key_id = $10'; end if;
  if usage_series.model is not null then filters := filters || ' and x.model = $11'; end if;
  rest_grain := nemo_private.usage_grain(usage_series.template_id is not null, usage_series.version is not null,
    usage_series.variant is not null, usage_series.api_key_id is not null, usage_series.model is not null);
  part_grain := nemo_private.usage_grain(
    usage_series.template_id is not null or coalesce(usage_series.split_by in ('template', 'version'), false),
    usage_series.version is not null or coalesce(usage_series.split_by = 'version', false),
    usage_series.variant is not null or coalesce(usage_series.split_by = 'variant', false),
    usage_series.api_key_id is not null or coalesce(usage_series.split_by = 'key', false),
    usage_series.model is not null or coalesce(usage_series.split_by = 'model', false));
  -- A part is a name and, of versions, a number.
  own := case usage_series.split_by
    when 'template' then 'x.template_id as name, null::integer as number'
    when 'version' then 'case when x.version is not null then x.template_id end as name, case when x.template_id is not null then x.version end as number'
    when 'variant' then 'x.variant as name, null::integer as number'
    when 'key' then 'x.api_key_id::text as name, null::integer as number'
    when 'model' then 'x.model as name, null::integer as number'
    else 'null::text as name, null::integer as number' end;
  days := ' from nemo_private.daily_usage x where x.organization_id = $1 and x.day between $2 and $3 and x.day <> all ($4)' || filters || ' and x.grain = ';
  hours := ' from unnest($5, $6) h (first, beyond) join nemo.prompt_rollups x on x.hour >= h.first and x.hour < h.beyond'
    || ' where x.organization_id = $1' || filters;

  if usage_series.split_by is not null then
    execute format($query$
      select array_agg(r.name), array_agg(r.number) from (
        select s.name, s.number from (
          select %1$s, x.requests %2$s %4$L
          union all
          select %1$s, x.requests %3$s) s
        group by s.name, s.number
        order by sum(s.requests) desc, coalesce(s.name || ' v' || s.number, s.name, 'none') limit $12) r
      $query$, own, days, hours, part_grain)
    into names, versions
    using usage_series.organization_id, sources.first_day, sources.last_day, coalesce(sources.stale, '{}'), sources.first_hours,
      sources.beyond_hours, usage_series.template_id, usage_series.version, usage_series.variant, usage_series.api_key_id,
      usage_series.model, most_parts;
  end if;

  return query execute format($query$
    with part as (
      select p.rank, p.name, p.number from unnest($12, $13) with ordinality p (name, number, rank)
    ), loose as materialized (
      select date_trunc($14, x.hour, 'UTC') as at, %1$s, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
        x.completion_tokens, x.latency_histogram as histogram
      %3$s
    ), daily as materialized (
      select x.day::timestamp at time zone 'UTC' as at, %1$s, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
        x.completion_tokens, x.latency_buckets as buckets, x.latency_counts as counts
      %2$s %5$L and %6$s
    ), counted as materialized (
      -- Rank 0 is everything, whatever its part; the others are the parts, busiest first.
      select 0 as rank, x.day::timestamp at time zone 'UTC' as at, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
        x.completion_tokens, x.latency_buckets as buckets, x.latency_counts as counts, null::jsonb as histogram
      %2$s %4$L
      union all
      select 0, l.at, l.requests, l.errors, l.cost_nanousd, l.unpriced, l.prompt_tokens, l.completion_tokens, null, null, l.histogram from loose l
      union all
      select p.rank, d.at, d.requests, d.errors, d.cost_nanousd, d.unpriced, d.prompt_tokens, d.completion_tokens, d.buckets, d.counts, null
      from daily d join part p on p.name is not distinct from d.name and p.number is not distinct from d.number
      union all
      select p.rank, l.at, l.requests, l.errors, l.cost_nanousd, l.unpriced, l.prompt_tokens, l.completion_tokens, null, null, l.histogram
      from loose l join part p on p.name is not distinct from l.name and p.number is not distinct from l.number
    ), bucketed as (
      select c.rank, c.at, e.bucket, e.n from counted c cross join lateral unnest(c.buckets, c.counts) e (bucket, n)
      union all
      select c.rank, c.at, e.key::integer, e.value::bigint from counted c cross join lateral jsonb_each_text(c.histogram) e
    ), cells as (
      -- What is no part's is everything without the parts.
      select s.rank, s.at, sum(s.requests) as requests, sum(s.errors) as errors, sum(s.cost_nanousd) as cost, sum(s.unpriced) as unpriced,
        sum(s.prompt_tokens) as tokens_in, sum(s.completion_tokens) as tokens_out
      from (
        select c.rank, c.at, c.requests, c.errors, c.cost_nanousd, c.unpriced, c.prompt_tokens, c.completion_tokens from counted c
        union all
        select 0, c.at, -c.requests, -c.errors, -c.cost_nanousd, -c.unpriced, -c.prompt_tokens, -c.completion_tokens from counted c where c.rank > 0
      ) s
      group by s.rank, s.at having sum(s.requests) > 0
    ), entries as (
      select s.rank, s.at, s.bucket, sum(s.n) as n
      from (select b.rank, b.at, b.bucket, b.n from bucketed b union all select 0, b.at, b.bucket, -b.n from bucketed b where b.rank > 0) s
      group by s.rank, s.at, s.bucket having sum(s.n) > 0
    ), ranked as (
      select s.level, s.rank, s.at, s.bucket, sum(s.n) over (partition by s.level, s.rank, s.at order by s.bucket) as reached,
        sum(s.n) over (partition by s.level, s.rank, s.at) as n
      from (
        select grouping(e.rank, e.at) as level, e.rank, e.at, e.bucket, sum(e.n) as n from entries e
        group by grouping sets ((e.rank, e.at, e.bucket), (e.rank, e.bucket), (e.bucket))) s
    ), latency as (
      select r.level, r.rank, r.at, nemo_private.bucket_value(min(r.bucket) filter (where r.reached > 0.5 * (r.n - 1))) as p50,
        nemo_private.bucket_value(min(r.bucket) filter (where r.reached > 0.95 * (r.n - 1))) as p95
      from ranked r group by r.level, r.rank, r.at
    ), summed as (
      select grouping(c.rank, c.at) as level, c.rank, c.at, sum(c.requests)::bigint as requests, sum(c.errors)::bigint as errors,
        nemo_private.money(sum(c.cost)) as cost, sum(c.unpriced)::bigint as unpriced, sum(c.tokens_in)::bigint as tokens_in,
        sum(c.tokens_out)::bigint as tokens_out
      from cells c group by grouping sets ((c.rank, c.at), (c.rank), ())
    )
    select case s.level when 0 then 'point' when 1 then 'part' else 'whole' end, s.at,
      case when s.level < 3 then case when s.rank = 0 then %7$L else coalesce(p.name || ' v' || p.number, p.name, 'none') end end,
      s.requests, s.errors, s.cost, s.unpriced, s.tokens_in, s.tokens_out, l.p50, l.p95
    from summed s
    left join part p on p.rank = s.rank
    left join latency l on l.level = s.level and coalesce(l.rank, -1) = coalesce(s.rank, -1)
      and coalesce(l.at, '-infinity') = coalesce(s.at, '-infinity')
    where s.requests is not null
    order by s.level = 3, s.level desc, s.requests desc, s.rank = 0, s.rank, s.at
    $query$, own, days, hours, rest_grain, part_grain,
      case
        when usage_series.split_by is null then 'false'
        when usage_series.split_by in ('template', 'version') then '(x.template_id = any ($12) or ' || (array_position(names, null) is not null)::text || ')'
        else 'true' end,
      case when usage_series.split_by is null then 'all' else 'other' end)
  using usage_series.organization_id, sources.first_day, sources.last_day, coalesce(sources.stale, '{}'), sources.first_hours,
    sources.beyond_hours, usage_series.template_id, usage_series.version, usage_series.variant, usage_series.api_key_id,
    usage_series.model, coalesce(names, '{}'), coalesce(versions, '{}'), usage_series.step;
end
$$;
comment on function nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text) is
  'Requests, errors, cost, tokens and latency (p50 and p95 in milliseconds, within 2 %) per hour or day (UTC) since a time, from the rollups (viewer). split_by template, version, variant, key or model makes a part of each of the five busiest and one, other, of the rest. Rows: scope point (at and part), part (its sum over the time), whole (the sum of all). NM001, NM003, NM014, NM015.';

create function nemo.usage_choices(organization_id uuid, template_id text default null)
returns table (models text[], variants text[], versions integer[])
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  sources record;
begin
  perform nemo_private.require_role(usage_choices.organization_id, 'viewer');
  sources := nemo_private.usage_sources(usage_choices.organization_id, nemo_private.day_start(nemo_private.utc_day(now()) - 89), 'day');
  return query
    with seen as (
      select x.model, x.variant, x.version from nemo_private.daily_usage x
      where x.organization_id = usage_choices.organization_id and x.day between sources.first_day and sources.last_day
        and x.grain in ('model', 'variant') and usage_choices.template_id is null
      union
      select x.model, x.variant, x.version from nemo_private.daily_usage x
      where x.organization_id = usage_choices.organization_id and x.day between sources.first_day and sources.last_day
        and x.grain = 'cell' and x.template_id = usage_choices.template_id
      union
      select x.model, x.variant, x.version from unnest(sources.first_hours, sources.beyond_hours) h (first, beyond)
      join nemo.prompt_rollups x on x.hour >= h.first and x.hour < h.beyond
      where x.organization_id = usage_choices.organization_id
        and (usage_choices.template_id is null or x.template_id = usage_choices.template_id)
    )
    select array_agg(distinct s.model order by s.model) filter (where s.model is not null),
      array_agg(distinct s.variant order by s.variant) filter (where s.variant is not null),
      array_agg(distinct s.version order by s.version) filter (where s.version is not null and usage_choices.template_id is not null)
    from seen s;
end
$$;
comment on function nemo.usage_choices(uuid, text) is
  'What requests of the last 90 days can be filtered by: models, variants and, of one template, versions; null for none (viewer). NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text),
  nemo.usage_choices(uuid, text)
  to authenticated, service_role;
