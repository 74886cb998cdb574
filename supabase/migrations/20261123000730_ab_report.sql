-- What a test has measured, from the rollups, which are built from receipts: what was really served counts,
-- never what was meant to be.

-- Cells with the same bucket are summed in one pass: adding thousands of objects pairwise costs a hundred times more.
create function nemo_private.ab_histogram(test_id uuid, phase integer, letter text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(c.bucket, c.n), '{}') from (
    select e.key as bucket, sum(e.value::bigint) as n
    from nemo.ab_tests t
    -- The organization as well, because the index begins with it.
    join nemo.prompt_rollups r on r.organization_id = t.organization_id and r.test_id = t.id
    cross join lateral jsonb_each_text(r.latency_histogram) e
    where t.id = ab_histogram.test_id and r.test_phase = ab_histogram.phase and r.variant = ab_histogram.letter
    group by e.key
  ) c
$$;
comment on function nemo_private.ab_histogram(uuid, integer, text) is
  'The latencies of a variant in a phase, {bucket: count}; bucket i holds the milliseconds above 1.04^(i-1) up to 1.04^i. Asks nobody''s leave: its callers do.';

create function nemo_private.ab_sums(test_id uuid, phase integer default null)
returns table (
  phase integer,
  letter text,
  requests bigint,
  errors bigint,
  unpriced bigint,
  cost double precision,
  cost_squared double precision,
  prompt_tokens bigint,
  completion_tokens bigint,
  tokens_squared double precision,
  latency_count bigint,
  latency double precision,
  latency_squared double precision,
  ttft_count bigint,
  ttft double precision,
  quality_count bigint,
  quality double precision,
  quality_squared double precision
)
language sql
stable
set search_path = ''
as $$
  select r.test_phase, r.variant, sum(r.requests)::bigint, sum(r.errors)::bigint, sum(r.unpriced)::bigint,
    sum(r.cost_nanousd)::double precision, sum(r.cost_squared),
    sum(r.prompt_tokens)::bigint, sum(r.completion_tokens)::bigint, sum(r.tokens_squared),
    sum(r.latency_count)::bigint, sum(r.latency_ms_sum), sum(r.latency_ms_squared),
    sum(r.ttft_count)::bigint, sum(r.ttft_ms_sum),
    sum(r.quality_count)::bigint, sum(r.quality_sum), sum(r.quality_squared)
  from nemo.ab_tests t
  join nemo.prompt_rollups r on r.organization_id = t.organization_id and r.test_id = t.id
  where t.id = ab_sums.test_id and r.variant is not null and (ab_sums.phase is null or r.test_phase = ab_sums.phase)
  group by r.test_phase, r.variant
$$;
comment on function nemo_private.ab_sums(uuid, integer) is
  'Counts, sums and sums of squares of a test per phase and variant really served. Costs in nano-dollars, times in milliseconds, tokens are prompt and generated ones together. Asks nobody''s leave: its callers do.';

create function nemo_private.ab_metric_sums(test_id uuid, phase integer)
returns table (letter text, metric text, n double precision, sum double precision, sum_of_squares double precision)
language sql
stable
set search_path = ''
as $$
  select s.letter, m.metric, m.n, m.sum, m.sum_of_squares
  from nemo_private.ab_sums(ab_metric_sums.test_id, ab_metric_sums.phase) s
  cross join lateral (values
    ('error_rate', s.requests, s.errors, s.errors),
    ('quality', s.quality_count, s.quality, s.quality_squared),
    ('cost', s.requests - s.unpriced, s.cost, s.cost_squared),
    ('tokens', s.requests, s.prompt_tokens + s.completion_tokens, s.tokens_squared),
    ('latency', s.latency_count, s.latency, s.latency_squared)
  ) m (metric, n, sum, sum_of_squares)
$$;
comment on function nemo_private.ab_metric_sums(uuid, integer) is
  'Per variant and metric the three sums that every comparison of means is made of.';

create function nemo.ab_test_report(test_id uuid)
returns table (
  phase integer,
  variant text,
  version integer,
  weight integer,
  stopped_at timestamptz,
  n bigint,
  errors bigint,
  cost_nanousd bigint,
  cost_mean_nanousd double precision,
  unpriced bigint,
  prompt_tokens bigint,
  completion_tokens bigint,
  tokens bigint,
  tokens_mean double precision,
  latency_mean_ms double precision,
  latency_p50_ms double precision,
  latency_p95_ms double precision,
  latency_p99_ms double precision,
  ttft_mean_ms double precision,
  quality_mean double precision,
  quality_n bigint,
  sums jsonb,
  latency_histogram jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  test nemo.ab_tests;
begin
  select * into test from nemo.ab_tests t where t.id = ab_test_report.test_id;
  perform nemo_private.require_role(test.organization_id, 'viewer', 'A/B test');
  if exists (select from nemo.prompt_templates p where p.id = test.template_id and p.deleted_at is not null) then
    perform nemo_private.fail('NM023', 'This template is deleted.', 'An admin can restore it with restore_template.');
  end if;
  return query
    select v.phase, v.letter, v.version, v.weight, v.stopped_at,
      coalesce(s.requests, 0), coalesce(s.errors, 0),
      -- Nothing is known of the cost of requests without a price: null, never 0.
      case when s.requests > s.unpriced then nemo_private.money(s.cost::numeric) end,
      s.cost / nullif(s.requests - s.unpriced, 0),
      coalesce(s.unpriced, 0),
      coalesce(s.prompt_tokens, 0), coalesce(s.completion_tokens, 0),
      coalesce(s.prompt_tokens + s.completion_tokens, 0),
      (s.prompt_tokens + s.completion_tokens)::double precision / nullif(s.requests, 0),
      s.latency / nullif(s.latency_count, 0),
      nemo_private.histogram_quantile(h.histogram, 0.5),
      nemo_private.histogram_quantile(h.histogram, 0.95),
      nemo_private.histogram_quantile(h.histogram, 0.99),
      s.ttft / nullif(s.ttft_count, 0),
      s.quality / nullif(s.quality_count, 0),
      coalesce(s.quality_count, 0),
      coalesce((
        select jsonb_object_agg(m.metric, jsonb_build_object('n', m.n, 'sum', m.sum, 'sum_of_squares', m.sum_of_squares))
        from nemo_private.ab_metric_sums(test.id, v.phase) m where m.letter = v.letter), '{}'),
      coalesce((
        select jsonb_agg(jsonb_build_array(e.key::integer, e.value::bigint) order by e.key::integer)
        from jsonb_each_text(h.histogram) e), '[]')
    from nemo.ab_variants v
    left join nemo_private.ab_sums(test.id) s on s.phase = v.phase and s.letter = v.letter
    cross join lateral nemo_private.ab_histogram(test.id, v.phase, v.letter) h (histogram)
    where v.test_id = test.id
    order by v.phase, v.letter;
end
$$;
comment on function nemo.ab_test_report(uuid) is
  'What each variant of each phase has measured (viewer): n requests, errors, cost in nano-dollars (null when unknown), tokens, latency and time to first byte in milliseconds (of answers without an error; quantiles within 2 %), quality 0 to 1 and from how many scores. sums holds {"n", "sum", "sum_of_squares"} of error_rate, cost, tokens, latency and quality, and is empty before the first request, and latency_histogram [[bucket, count]]: with them the comparisons of functions/_shared/core/ab/analyze-test.ts can be recomputed. NM001, NM003, NM023.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.ab_test_report(uuid) to authenticated, service_role;
