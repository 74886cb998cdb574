-- How people read what the gateway did: single requests from the log, and sums over time from the rollups.

create function nemo.prompt_log_entries(
  organization_id uuid,
  template_id text default null,
  before timestamptz default null,
  max integer default 50,
  before_request uuid default null,
  version integer default null,
  variant text default null,
  api_key_id uuid default null,
  model text default null,
  outcome text default null,
  since timestamptz default null,
  min_latency_ms double precision default null,
  min_cost_nanousd bigint default null,
  find text default null,
  until timestamptz default null
)
returns setof nemo.prompt_logs
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  entry nemo.prompt_logs;
  wanted text := lower(btrim(prompt_log_entries.find));
begin
  perform nemo_private.require_role(prompt_log_entries.organization_id, 'viewer');
  if prompt_log_entries.outcome is not null and prompt_log_entries.outcome !~ '^(ok|error|[45]xx|[1-5]\d\d)$' then
    perform nemo_private.fail('NM014', 'There is no such outcome.', 'Use ok, error, 4xx, 5xx or an HTTP status.');
  end if;
  for entry in
    select l.* from nemo.prompt_logs l
    where l.organization_id = prompt_log_entries.organization_id
      and (prompt_log_entries.template_id is null or l.template_id = prompt_log_entries.template_id)
      and (l.created_at < coalesce(prompt_log_entries.before, 'infinity')
        or (l.created_at = prompt_log_entries.before and l.request_id < prompt_log_entries.before_request))
      and l.created_at >= coalesce(prompt_log_entries.since, '-infinity')
      and l.created_at < coalesce(prompt_log_entries.until, 'infinity')
      and (prompt_log_entries.version is null or l.version = prompt_log_entries.version)
      and (prompt_log_entries.variant is null or l.variant = prompt_log_entries.variant)
      and (prompt_log_entries.api_key_id is null or l.api_key_id = prompt_log_entries.api_key_id)
      and (prompt_log_entries.model is null or l.model = prompt_log_entries.model)
      and (prompt_log_entries.min_latency_ms is null or l.latency_ms >= prompt_log_entries.min_latency_ms)
      and (prompt_log_entries.min_cost_nanousd is null or l.cost_nanousd >= prompt_log_entries.min_cost_nanousd)
      and (coalesce(wanted, '') = '' or l.request_id::text = wanted or lower(l.client_request_id) = wanted)
      and case
        when prompt_log_entries.outcome is null then true
        when prompt_log_entries.outcome = 'ok' then l.status < 400 and l.error_code is null
        when prompt_log_entries.outcome = 'error' then nemo_private.request_failed(l.status, l.error_code)
        when prompt_log_entries.outcome like '_xx' then l.status / 100 = left(prompt_log_entries.outcome, 1)::integer
        else l.status = prompt_log_entries.outcome::integer end
    order by l.created_at desc, l.request_id desc
    limit least(greatest(coalesce(prompt_log_entries.max, 50), 1), 1000)
  loop
    entry.variables := null;
    entry.rendered_messages := null;
    entry.client_messages := null;
    entry.response := null;
    return next entry;
  end loop;
end
$$;
comment on function nemo.prompt_log_entries(uuid, text, timestamptz, integer, uuid, integer, text, uuid, text, text, timestamptz, double precision, bigint, text, timestamptz) is
  'The newest requests without their content, for every member whatever the data policy; at most 1000 rows. before and before_request are created_at and request_id of the last row of the page before. outcome is ok, error, 4xx, 5xx or a status; find is a request id, ours or the client''s; since is the first moment, until the first one after. NM001, NM003, NM014.';

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
as $$
#variable_conflict use_column
declare
  -- More lines than this cannot be told apart; the rest is one more.
  most_parts constant integer := 5;
begin
  perform nemo_private.require_role(usage_series.organization_id, 'viewer');
  perform nemo_private.check_choice(usage_series.step, 'step', array['hour', 'day']);
  if usage_series.split_by is not null then
    perform nemo_private.check_choice(usage_series.split_by, 'split', array['template', 'version', 'variant', 'key', 'model']);
  end if;
  if usage_series.since is null or usage_series.since < now() - interval '400 days' then
    perform nemo_private.fail('NM015', 'The time begins more than 400 days ago.', 'Choose a later beginning.');
  end if;
  return query
    -- Histograms are added up once, to one for each part and span; everything further is reckoned from these few rows.
    with counted as materialized (
      select date_trunc(usage_series.step, r.hour, 'UTC') as span,
        case usage_series.split_by
          when 'template' then coalesce(r.template_id, 'none')
          when 'version' then coalesce(r.template_id || ' v' || r.version, 'none')
          when 'variant' then coalesce(r.variant, 'none')
          when 'key' then coalesce(r.api_key_id::text, 'none')
          when 'model' then coalesce(r.model, 'none')
          else 'all' end as own,
        r.requests, r.errors, r.cost_nanousd, r.unpriced, r.prompt_tokens, r.completion_tokens, r.latency_histogram
      from nemo.prompt_rollups r
      where r.organization_id = usage_series.organization_id and r.hour >= usage_series.since
        and (usage_series.template_id is null or r.template_id = usage_series.template_id)
        and (usage_series.version is null or r.version = usage_series.version)
        and (usage_series.variant is null or r.variant = usage_series.variant)
        and (usage_series.api_key_id is null or r.api_key_id = usage_series.api_key_id)
        and (usage_series.model is null or r.model = usage_series.model)
    ),
    ranked as (
      select c.own, case when row_number() over (order by sum(c.requests) desc, c.own) <= most_parts then c.own else 'other' end as shown
      from counted c group by c.own
    ),
    buckets as (
      select h.span, h.shown, jsonb_object_agg(h.bucket, h.n) as histogram from (
        select c.span, k.shown, e.key as bucket, sum(e.value::bigint) as n
        from counted c join ranked k on k.own = c.own, lateral jsonb_each_text(c.latency_histogram) e
        group by c.span, k.shown, e.key) h
      group by h.span, h.shown
    ),
    cells as (
      select c.span, k.shown, sum(c.requests) as requests, sum(c.errors) as errors, sum(c.cost_nanousd) as cost_nanousd, sum(c.unpriced) as unpriced,
        sum(c.prompt_tokens) as prompt_tokens, sum(c.completion_tokens) as completion_tokens
      from counted c join ranked k on k.own = c.own
      group by c.span, k.shown
    ),
    summed as (
      select grouping(p.span) as no_span, grouping(p.shown) as no_part, p.span, p.shown, sum(p.requests)::bigint as requests,
        sum(p.errors)::bigint as errors, nemo_private.money(sum(p.cost_nanousd)) as cost, sum(p.unpriced)::bigint as unpriced,
        sum(p.prompt_tokens)::bigint as tokens_in, sum(p.completion_tokens)::bigint as tokens_out,
        nemo_private.sum_histograms(array_agg(h.histogram)) as histogram
      from cells p left join buckets h on h.span = p.span and h.shown = p.shown
      group by grouping sets ((p.span, p.shown), (p.shown), ())
    )
    select case when s.no_span = 0 then 'point' when s.no_part = 0 then 'part' else 'whole' end,
      s.span, s.shown, s.requests, s.errors, s.cost, s.unpriced, s.tokens_in, s.tokens_out,
      nemo_private.histogram_quantile(s.histogram, 0.5), nemo_private.histogram_quantile(s.histogram, 0.95)
    from summed s
    where s.requests is not null
    order by s.no_part, s.no_span desc, s.requests desc, s.shown = 'other', s.shown, s.span;
end
$$;
comment on function nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text) is
  'Requests, errors, cost, tokens and latency (p50 and p95 in milliseconds, within 2 %) per hour or day (UTC) since a time, from the hourly rollups (viewer). split_by template, version, variant, key or model makes a part of each of the five busiest and one, other, of the rest. Rows: scope point (at and part), part (its sum over the time), whole (the sum of all). NM001, NM003, NM014, NM015.';

create function nemo.usage_choices(organization_id uuid, template_id text default null)
returns table (models text[], variants text[], versions integer[])
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(usage_choices.organization_id, 'viewer');
  return query
    select array_agg(distinct r.model order by r.model) filter (where r.model is not null),
      array_agg(distinct r.variant order by r.variant) filter (where r.variant is not null),
      array_agg(distinct r.version order by r.version) filter (where r.version is not null and usage_choices.template_id is not null)
    from nemo.prompt_rollups r
    where r.organization_id = usage_choices.organization_id and r.hour >= now() - interval '90 days'
      and (usage_choices.template_id is null or r.template_id = usage_choices.template_id);
end
$$;
comment on function nemo.usage_choices(uuid, text) is
  'What requests of the last 90 days can be filtered by: models, variants and, of one template, versions; null for none (viewer). NM001, NM003.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.prompt_log_entries(uuid, text, timestamptz, integer, uuid, integer, text, uuid, text, text, timestamptz, double precision, bigint, text, timestamptz),
  nemo.usage_series(uuid, timestamptz, text, text, text, integer, text, uuid, text),
  nemo.usage_choices(uuid, text)
  to authenticated, service_role;
