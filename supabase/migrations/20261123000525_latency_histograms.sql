-- Durations as histograms with buckets 4 % wide, which can be added up over hours, days and templates.

-- These run for every batch of requests. PL/pgSQL keeps their plans, which SQL functions make anew each time.
create function nemo_private.latency_bucket(milliseconds double precision)
returns integer
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  -- Logarithmic buckets as in DDSketch (Masson, Rim, Lee 2019): bucket i holds (1.04^(i-1), 1.04^i]. Answering
  -- 2 * 1.04^i / 2.04 is then never off by more than 0.04 / 2.04 = 1.97 %.
  return ceil(ln(greatest(latency_bucket.milliseconds, 0.001)) / ln(1.04::double precision))::integer;
end
$$;
comment on function nemo_private.latency_bucket(double precision) is 'The histogram bucket of a duration in milliseconds.';

create function nemo_private.bucket_value(bucket integer)
returns double precision
language plpgsql
immutable
strict
set search_path = ''
as $$
begin
  return 2 * power(1.04::double precision, bucket_value.bucket) / 2.04;
end
$$;
comment on function nemo_private.bucket_value(integer) is 'The milliseconds a bucket of the histogram stands for, within 2 % of every duration in it.';

create function nemo_private.histogram_of(durations double precision[])
returns jsonb
language plpgsql
immutable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (select coalesce(jsonb_object_agg(counted.bucket, counted.n), '{}') from (
    select nemo_private.latency_bucket(d) as bucket, count(*) as n
    from unnest(histogram_of.durations) d where d is not null group by 1) counted);
end
$$;
comment on function nemo_private.histogram_of(double precision[]) is 'The histogram {bucket: count} of durations in milliseconds; nulls are left out.';

create function nemo_private.sum_histograms(histograms jsonb[])
returns jsonb
language plpgsql
immutable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (select coalesce(jsonb_object_agg(summed.bucket, summed.n), '{}') from (
    select e.key as bucket, sum(e.value::bigint) as n
    from unnest(sum_histograms.histograms) h, lateral jsonb_each_text(h) e group by e.key) summed);
end
$$;
comment on function nemo_private.sum_histograms(jsonb[]) is 'Histograms {bucket: count} added up: sum_histograms(array_agg(latency_histogram)).';

create function nemo_private.add_histogram(total jsonb, more jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  if add_histogram.more = '{}' then
    return add_histogram.total;
  end if;
  -- Touches the few buckets of a batch, not the many of an hour.
  return add_histogram.total || (
    select jsonb_object_agg(e.key, e.value::bigint + coalesce((add_histogram.total ->> e.key)::bigint, 0))
    from jsonb_each_text(add_histogram.more) e);
end
$$;
comment on function nemo_private.add_histogram(jsonb, jsonb) is 'A histogram {bucket: count} with the counts of another one added.';

create function nemo_private.histogram_quantile(histogram jsonb, quantile double precision)
returns double precision
language sql
immutable
strict
set search_path = ''
as $$
  select nemo_private.bucket_value(ranked.bucket)
  from (select e.key::integer as bucket,
               sum(e.value::bigint) over (order by e.key::integer) as reached,
               sum(e.value::bigint) over () as n
        from jsonb_each_text(histogram_quantile.histogram) e) ranked
  where ranked.reached > histogram_quantile.quantile * (ranked.n - 1)
  order by ranked.bucket
  limit 1
$$;
comment on function nemo_private.histogram_quantile(jsonb, double precision) is
  'A quantile (0.95 for p95) in milliseconds, within 2 % of the value of that rank; null for an empty histogram.';

revoke execute on all functions in schema nemo_private from public;
