-- Sums over time: days that are added up from daily_usage, all others from the hours.

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
-- Compiling it, and calling other processes to help, takes longer than the work.
set jit = off
set max_parallel_workers_per_gather = 0
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
  by_week boolean;
  more_parts boolean;
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
  hours := ' from nemo.prompt_rollups x where x.organization_id = $1 and ' || sources.hours || filters;

  if usage_series.split_by is not null then
    by_week := part_grain in ('template', 'version');
    execute format($query$
      select array_agg(r.name), array_agg(r.number), count(*) > $12 from (
        select s.name, s.number from (
          select %1$s, x.requests from nemo_private.daily_usage x
          where x.organization_id = $1 and x.grain = %2$L and x.day = any (case when %3$L then $6 else $5 end) %4$s
          %5$s
          union all
          select %1$s, x.requests %6$s) s
        group by s.name, s.number
        order by sum(s.requests) desc, coalesce(s.name || ' v' || s.number, s.name, 'none') limit $12 + 1) r
      $query$, own, part_grain, by_week, filters,
        case when by_week then format('union all select %1$s, x.requests from nemo_private.weekly_usage x
          where x.organization_id = $1 and x.grain = %2$L and x.week = any ($13) %3$s', own, part_grain, filters) end,
        hours)
    into names, versions, more_parts
    using usage_series.organization_id, sources.first_day, sources.last_day, sources.stale,
      (select coalesce(array_agg(d::date), '{}') from generate_series(sources.first_day, sources.last_day, interval '1 day') d where d::date <> all (sources.stale)),
      sources.odd_days, usage_series.template_id, usage_series.version, usage_series.variant, usage_series.api_key_id,
      usage_series.model, most_parts, sources.weeks;
    names := names[:most_parts];
    versions := versions[:most_parts];
  end if;

  return query execute format($query$
    with part as materialized (
      select p.rank, p.name, p.number from unnest($5, $6) with ordinality p (name, number, rank)
    ), loose as materialized (
      select date_trunc($12, x.hour, 'UTC') as at, %1$s, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
        x.completion_tokens, x.latency_histogram as histogram
      %3$s
    ), counted as materialized (
      -- Rank 0 is everything, whatever its part; the others are the parts, busiest first.
      select 0::bigint as rank, x.day::timestamp at time zone 'UTC' as at, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
        x.completion_tokens, x.latency_buckets as buckets, x.latency_counts as counts, null::jsonb as histogram, x.latency_p50, x.latency_p95
      %2$s %4$L and %7$s
      union all
      select 0, l.at, l.requests, l.errors, l.cost_nanousd, l.unpriced, l.prompt_tokens, l.completion_tokens, null, null, l.histogram, null, null
      from loose l where %7$s
      union all
      select p.rank, d.at, d.requests, d.errors, d.cost_nanousd, d.unpriced, d.prompt_tokens, d.completion_tokens, d.buckets, d.counts, null,
        d.latency_p50, d.latency_p95
      from (
        select x.day::timestamp at time zone 'UTC' as at, %1$s, x.requests, x.errors, x.cost_nanousd, x.unpriced, x.prompt_tokens,
          x.completion_tokens, x.latency_buckets as buckets, x.latency_counts as counts, x.latency_p50, x.latency_p95
        %2$s %5$L and %6$s) d
      join part p on coalesce(p.name, '') = coalesce(d.name, '') and coalesce(p.number, 0) = coalesce(d.number, 0)
      union all
      select p.rank, l.at, l.requests, l.errors, l.cost_nanousd, l.unpriced, l.prompt_tokens, l.completion_tokens, null, null, l.histogram, null, null
      from loose l join part p on coalesce(p.name, '') = coalesce(l.name, '') and coalesce(p.number, 0) = coalesce(l.number, 0)
    ), cells as (
      -- What is no part's is everything without the parts.
      select s.rank, s.at, sum(s.requests) as requests, sum(s.errors) as errors, sum(s.cost_nanousd) as cost, sum(s.unpriced) as unpriced,
        sum(s.prompt_tokens) as tokens_in, sum(s.completion_tokens) as tokens_out,
        -- A day's own percentiles are known; only what is put together here has to be looked for in the histograms.
        case when count(*) = 1 then min(s.latency_p50) end as p50, case when count(*) = 1 then min(s.latency_p95) end as p95,
        count(*) = 1 and bool_and(s.known) as known
      from (
        select c.rank, c.at, c.requests, c.errors, c.cost_nanousd, c.unpriced, c.prompt_tokens, c.completion_tokens, c.latency_p50, c.latency_p95,
          c.buckets is not null as known
        from counted c
        union all
        select 0, c.at, -c.requests, -c.errors, -c.cost_nanousd, -c.unpriced, -c.prompt_tokens, -c.completion_tokens, null, null, false
        from counted c where c.rank > 0 and %7$s
      ) s
      group by s.rank, s.at having sum(s.requests) > 0
    ), bucketed as materialized (
      select c.rank, c.at, e.bucket, e.n::double precision as n from counted c cross join lateral unnest(c.buckets, c.counts) e (bucket, n)
      union all
      select c.rank, c.at, e.key::integer, e.value::double precision from counted c cross join lateral jsonb_each_text(c.histogram) e
    ), signed as (
      select b.rank, b.at, b.bucket, b.n from bucketed b
      union all
      select 0, b.at, b.bucket, -b.n from bucketed b where b.rank > 0 and %7$s
    ), entries as (
      select 0 as level, s.rank, s.at, s.bucket, sum(s.n) as n from signed s
      where (s.rank, s.at) in (select c.rank, c.at from cells c where not c.known)
      group by s.rank, s.at, s.bucket
      union all
      select 1, s.rank, null, s.bucket, sum(s.n) from signed s group by s.rank, s.bucket
      union all
      select 3, null, null, b.bucket, sum(b.n) from bucketed b where b.rank = 0 or not %7$s group by b.bucket
    ), ranked as (
      select e.level, e.rank, e.at, e.bucket, sum(e.n) over (partition by e.level, e.rank, e.at order by e.bucket) as reached,
        sum(e.n) over (partition by e.level, e.rank, e.at) as n
      from entries e where e.n > 0
    ), latency as (
      select r.level, r.rank, r.at, min(r.bucket) filter (where r.reached > 0.5 * (r.n - 1)) as p50,
        min(r.bucket) filter (where r.reached > 0.95 * (r.n - 1)) as p95
      from ranked r group by r.level, r.rank, r.at
    ), summed as (
      select grouping(c.rank, c.at) as level, c.rank, c.at, sum(c.requests)::bigint as requests, sum(c.errors)::bigint as errors,
        nemo_private.money(sum(c.cost)) as cost, sum(c.unpriced)::bigint as unpriced, sum(c.tokens_in)::bigint as tokens_in,
        sum(c.tokens_out)::bigint as tokens_out, min(c.p50) as p50, min(c.p95) as p95, bool_and(c.known) as known
      from cells c group by grouping sets ((c.rank, c.at), (c.rank), ())
    )
    select case s.level when 0 then 'point' when 1 then 'part' else 'whole' end, s.at,
      case when s.level < 3 then case when s.rank = 0 then %8$L else coalesce(p.name || ' v' || p.number, p.name, 'none') end end,
      s.requests, s.errors, s.cost, s.unpriced, s.tokens_in, s.tokens_out,
      nemo_private.bucket_value(case when s.level = 0 and s.known then s.p50 else l.p50 end),
      nemo_private.bucket_value(case when s.level = 0 and s.known then s.p95 else l.p95 end)
    from summed s
    left join part p on p.rank = s.rank
    left join latency l on l.level = s.level and coalesce(l.rank, -1) = coalesce(s.rank, -1)
      and coalesce(l.at, '-infinity') = coalesce(s.at, '-infinity')
    where s.requests is not null
    order by s.level = 3, s.level desc, s.requests desc, s.rank = 0, s.rank, s.at
    $query$, own, days, hours, rest_grain, part_grain,
      case when usage_series.split_by is null then 'false'
        when usage_series.split_by = 'template' then '(x.template_id = any ($5) or x.template_id is null)'
        when usage_series.split_by = 'version' and array_position(names, null) is null then 'x.template_id = any ($5)'
        else 'true' end,
      -- Five parts or fewer are everything there is.
      case when usage_series.split_by is null or coalesce(more_parts, false) then 'true' else 'false' end,
      case when usage_series.split_by is null then 'all' else 'other' end)
  using usage_series.organization_id, sources.first_day, sources.last_day, sources.stale, coalesce(names, '{}'), coalesce(versions, '{}'),
    usage_series.template_id, usage_series.version, usage_series.variant, usage_series.api_key_id, usage_series.model, usage_series.step;
end
$$;
comment on function nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text) is
  'Requests, errors, cost, tokens and latency (p50 and p95 in milliseconds, within 2 %) per hour or day (UTC) since a time, from the rollups (viewer). split_by template, version, variant, key or model makes a part of each of the five busiest and one, other, of the rest. Rows: scope point (at and part), part (its sum over the time), whole (the sum of all). NM001, NM003, NM014, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text)
  to authenticated, service_role;
