-- Where what was used is counted: days that are added up in daily_usage, all others in the hours; and what of it there is.

create function nemo_private.usage_sources(
  organization_id uuid,
  since timestamptz,
  step text,
  out first_day date,
  out last_day date,
  out stale date[],
  out weeks date[],
  out odd_days date[],
  out hours text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  stale := '{}';
  weeks := '{}';
  odd_days := '{}';
  first_day := nemo_private.utc_day(usage_sources.since + interval '1 day' - interval '1 microsecond');
  select f.until into last_day from nemo_private.usage_folded f
  where f.organization_id = usage_sources.organization_id and usage_sources.step = 'day' and f.until >= usage_sources.first_day;
  if last_day is null then
    hours := format('(x.hour >= %L)', usage_sources.since);
    return;
  end if;
  select coalesce(array_agg(s.day), '{}') into stale from nemo_private.stale_usage s
  where s.organization_id = usage_sources.organization_id and s.day between usage_sources.first_day and usage_sources.last_day;
  select coalesce(array_agg(w::date), '{}') into weeks
  from generate_series(date_trunc('week', usage_sources.first_day + 6), usage_sources.last_day - 6, interval '1 week') w
  where not exists (select from unnest(usage_sources.stale) d where d between w::date and w::date + 6);
  select coalesce(array_agg(d::date), '{}') into odd_days
  from generate_series(usage_sources.first_day, usage_sources.last_day, interval '1 day') d
  where d::date <> all (usage_sources.stale) and date_trunc('week', d)::date <> all (usage_sources.weeks);
  select '(' || string_agg(format('x.hour >= %L and x.hour < %L', h.first, h.beyond), ' or ') || ')' into hours
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
  'Where the sums since a time are: the days first_day to last_day, but for the stale ones, in daily_usage (no last_day: none); of these, whole weeks and the odd_days beside them; and a condition for the hours that have to be read from the rollups. Those are of a first day that is asked for in part, of days that changed after they were added up, and of all that came since.';

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

-- A list of requests need not be looked for where none were counted, or none as dear or slow as is asked. Logs are kept
-- for less time than counts, never longer.
create function nemo_private.usage_spans(
  organization_id uuid, template_id text, version integer, variant text, api_key_id uuid, model text,
  min_latency_ms double precision, min_cost_nanousd bigint
)
returns tstzmultirange
language plpgsql
stable
set search_path = ''
as $$
declare
  sources record;
  spans tstzmultirange;
  -- Without a template a version is that of thousands, and nearly everywhere.
  of_version constant boolean := usage_spans.version is not null and usage_spans.template_id is not null;
  wanted constant text := nemo_private.usage_grain(usage_spans.template_id is not null, of_version,
    usage_spans.variant is not null, usage_spans.api_key_id is not null, usage_spans.model is not null);
begin
  if wanted = 'all' and num_nonnulls(usage_spans.min_latency_ms, usage_spans.min_cost_nanousd) = 0 then
    return null;
  end if;
  sources := nemo_private.usage_sources(usage_spans.organization_id, nemo_private.day_start(nemo_private.utc_day(now()) - 3700), 'day');
  execute format($query$
    select coalesce(range_agg(c.span), '{}') from (
      select tstzrange(nemo_private.day_start(x.day), nemo_private.day_start(x.day + 1)) as span from nemo_private.daily_usage x
      where x.organization_id = $1 and x.grain = $2 and x.day <= $3 and x.day <> all ($10) %1$s
      union all
      select tstzrange(x.hour, x.hour + interval '1 hour') from nemo.prompt_rollups x where x.organization_id = $1 and %2$s %1$s) c
    $query$,
    case when usage_spans.template_id is not null then ' and x.template_id = $4' else '' end
      || case when of_version then ' and x.version = $5' else '' end
      || case when usage_spans.variant is not null then ' and x.variant = $6' else '' end
      || case when usage_spans.api_key_id is not null then ' and x.api_key_id = $7' else '' end
      || case when usage_spans.model is not null then ' and x.model = $8' else '' end
      || case when usage_spans.min_latency_ms is not null then ' and x.most_latency_ms >= $9' else '' end
      || case when usage_spans.min_cost_nanousd is not null then ' and x.most_cost_nanousd >= $11' else '' end,
    sources.hours)
  into spans
  using usage_spans.organization_id, wanted, sources.last_day, usage_spans.template_id, usage_spans.version, usage_spans.variant,
    usage_spans.api_key_id, usage_spans.model, usage_spans.min_latency_ms, sources.stale, usage_spans.min_cost_nanousd;
  return spans;
end
$$;
comment on function nemo_private.usage_spans(uuid, text, integer, text, uuid, text, double precision, bigint) is
  'The days and hours in which requests with these properties were counted; null when that may be any.';

create function nemo.usage_choices(organization_id uuid, template_id text default null)
returns table (models text[], variants text[], versions integer[])
language plpgsql
stable
security definer
set search_path = ''
set jit = off
as $$
declare
  sources record;
begin
  perform nemo_private.require_role(usage_choices.organization_id, 'viewer');
  sources := nemo_private.usage_sources(usage_choices.organization_id, nemo_private.day_start(nemo_private.utc_day(now()) - 89), 'day');
  return query execute format($query$
    with seen as (
      select x.model, x.variant, x.version from nemo_private.daily_usage x
      where x.organization_id = $1 and x.day between $3 and $4 and x.grain in ('model', 'variant') and $2 is null
      union
      select x.model, x.variant, x.version from nemo_private.daily_usage x
      where x.organization_id = $1 and x.day between $3 and $4 and x.grain = 'cell' and x.template_id = $2
      union
      select x.model, x.variant, x.version from nemo.prompt_rollups x
      where x.organization_id = $1 and %s and ($2 is null or x.template_id = $2)
    )
    select array_agg(distinct s.model order by s.model) filter (where s.model is not null),
      array_agg(distinct s.variant order by s.variant) filter (where s.variant is not null),
      array_agg(distinct s.version order by s.version) filter (where s.version is not null and $2 is not null)
    from seen s
    $query$, sources.hours)
  using usage_choices.organization_id, usage_choices.template_id, sources.first_day, sources.last_day;
end
$$;
comment on function nemo.usage_choices(uuid, text) is
  'What requests of the last 90 days can be filtered by: models, variants and, of one template, versions; null for none (viewer). NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.usage_choices(uuid, text) to authenticated, service_role;
