-- Writing down finished requests: log, charge, counts, all in one transaction and once per request.

-- The requests given that were not written before. Under policy none there is no log row to tell by; there the
-- charge tells, and for what cost nothing the batch id alone keeps a repetition from counting twice.
create function nemo_private.log_requests(finished nemo_private.finished_request[])
returns nemo_private.finished_request[]
language plpgsql
set search_path = ''
as $$
declare
  written uuid[];
begin
  with inserted as (
    insert into nemo.prompt_logs (
      request_id, client_request_id, organization_id, api_key_id, template_id, version, variant, test_id,
      test_phase, render_hash, endpoint, model, provider, fake, attempts, status, error_code, latency_ms, ttft_ms, prompt_tokens,
      cached_tokens, completion_tokens, usage_estimated, cost_nanousd, subject_hash, variables,
      rendered_messages, client_messages, response, created_at)
    select f.request_id, f.client_request_id, f.organization_id, f.api_key_id, f.template_id, f.version, f.variant,
      f.test_id, f.test_phase, f.render_hash, f.endpoint, f.model, f.provider, f.fake, f.attempts, f.status, f.error_code, f.latency_ms, f.ttft_ms,
      f.prompt_tokens, f.cached_tokens, f.completion_tokens, f.usage_estimated, f.cost_nanousd, f.subject,
      f.variables::json, f.rendered_messages, f.client_messages, f.response, f.created_at
    from unnest(log_requests.finished) f
    where f.data_policy <> 'none'
    on conflict do nothing
    returning request_id)
  select coalesce(array_agg(request_id), '{}') into written from inserted;
  -- Nearly always: none is written twice, and no organization keeps nothing.
  if cardinality(written) = cardinality(log_requests.finished) then
    return log_requests.finished;
  end if;
  return (select coalesce(array_agg(f order by f.request_id), '{}') from unnest(log_requests.finished) f
          where exists (select from unnest(written) w (request_id) where w.request_id = f.request_id)
            or (f.data_policy = 'none' and not exists (select from nemo.credit_ledger l where l.request_id = f.request_id)));
end
$$;
comment on function nemo_private.log_requests(nemo_private.finished_request[]) is 'Writes log rows as far as each organization''s policy allows, and answers which requests are new.';

create function nemo_private.charge_requests(finished nemo_private.finished_request[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id, api_key_id, model)
  select f.organization_id, 'charge', -f.cost_nanousd, f.request_id, f.api_key_id, f.model
  from unnest(charge_requests.finished) f
  where f.provider = 'platform' and f.cost_nanousd is distinct from 0
  on conflict (request_id) do nothing;

  insert into nemo_private.key_spending as s (api_key_id, month, spent_nanousd)
  select f.api_key_id, date_trunc('month', f.created_at at time zone 'UTC')::date, nemo_private.money(sum(f.cost_nanousd))
  from unnest(charge_requests.finished) f
  where f.cost_nanousd > 0
  group by 1, 2 order by 1, 2
  on conflict (api_key_id, month) do update set
    spent_nanousd = nemo_private.money(s.spent_nanousd::numeric + excluded.spent_nanousd);

  -- Once a minute at most, so that a busy key's row is not written for every request. A key that somebody else is
  -- writing is left to them: two batches with the same keys then never wait for each other.
  update nemo.api_keys k set last_used_at = now()
  where k.id in (
    select stale.id from nemo.api_keys stale
    where stale.id in (select f.api_key_id from unnest(charge_requests.finished) f)
      and (stale.last_used_at is null or stale.last_used_at < now() - interval '1 minute')
    for no key update skip locked);
end
$$;
comment on function nemo_private.charge_requests(nemo_private.finished_request[]) is 'Ledger, monthly spending and last use of the keys.';

create function nemo_private.count_requests(finished nemo_private.finished_request[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into nemo.prompt_rollups as r (
    organization_id, hour, template_id, version, variant, test_id, test_phase, api_key_id, model,
    requests, errors, cost_nanousd, cost_squared, unpriced, prompt_tokens, cached_tokens, completion_tokens,
    tokens_squared, latency_count, latency_ms_sum, latency_ms_squared, latency_histogram, ttft_count, ttft_ms_sum,
    ttft_histogram, most_cost_nanousd, most_latency_ms)
  select e.organization_id, e.hour, e.template_id, e.version, e.variant, e.test_id, e.test_phase, e.api_key_id, e.model,
    count(*), count(*) filter (where e.failed), nemo_private.money(coalesce(sum(e.cost_nanousd), 0)),
    coalesce(sum(e.cost_nanousd::double precision ^ 2), 0), count(*) filter (where e.cost_nanousd is null),
    sum(e.prompt), sum(e.cached), sum(e.completion), sum((e.prompt::double precision + e.completion) ^ 2),
    count(e.latency), coalesce(sum(e.latency), 0), coalesce(sum(e.latency ^ 2), 0),
    nemo_private.histogram_of(array_agg(e.latency)),
    count(e.ttft_ms), coalesce(sum(e.ttft_ms), 0),
    nemo_private.histogram_of(array_agg(e.ttft_ms)), max(e.cost_nanousd), max(e.latency_ms)
  from (
    select f.*, date_trunc('hour', f.created_at) as hour, failed.failed,
      case when not failed.failed and f.status <> 499 then f.latency_ms end as latency,
      coalesce(f.prompt_tokens, 0) as prompt, coalesce(f.cached_tokens, 0) as cached,
      coalesce(f.completion_tokens, 0) as completion
    from unnest(count_requests.finished) f,
      lateral (select (f.status >= 400 and f.status <> 499) or (f.error_code is not null and f.status <> 499) as failed) failed
  ) e
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  order by 1, 2, 3, 4, 5, 6, 7, 8, 9
  on conflict on constraint prompt_rollups_key do update set
    requests = r.requests + excluded.requests,
    errors = r.errors + excluded.errors,
    cost_nanousd = nemo_private.money(r.cost_nanousd::numeric + excluded.cost_nanousd),
    cost_squared = r.cost_squared + excluded.cost_squared,
    unpriced = r.unpriced + excluded.unpriced,
    prompt_tokens = r.prompt_tokens + excluded.prompt_tokens,
    cached_tokens = r.cached_tokens + excluded.cached_tokens,
    completion_tokens = r.completion_tokens + excluded.completion_tokens,
    tokens_squared = r.tokens_squared + excluded.tokens_squared,
    latency_count = r.latency_count + excluded.latency_count,
    latency_ms_sum = r.latency_ms_sum + excluded.latency_ms_sum,
    latency_ms_squared = r.latency_ms_squared + excluded.latency_ms_squared,
    latency_histogram = nemo_private.add_histogram(r.latency_histogram, excluded.latency_histogram),
    ttft_count = r.ttft_count + excluded.ttft_count,
    ttft_ms_sum = r.ttft_ms_sum + excluded.ttft_ms_sum,
    ttft_histogram = nemo_private.add_histogram(r.ttft_histogram, excluded.ttft_histogram),
    most_cost_nanousd = greatest(r.most_cost_nanousd, excluded.most_cost_nanousd),
    most_latency_ms = greatest(r.most_latency_ms, excluded.most_latency_ms);
end
$$;
comment on function nemo_private.count_requests(nemo_private.finished_request[]) is 'Adds requests to the hourly rollups.';

create function nemo_private.gateway_record(batch_id uuid, items jsonb)
returns void
language plpgsql
security definer
set search_path = ''
-- For all it calls: the plans do not depend on the values.
set plan_cache_mode = force_generic_plan
as $$
declare
  finished nemo_private.finished_request[];
  fresh nemo_private.finished_request[];
  organizations uuid[];
  organization uuid;
  other_policy boolean;
  any_late boolean;
  any_tested boolean;
  any_denied boolean;
begin
  insert into nemo_private.recorded_batches (batch_id) values (gateway_record.batch_id) on conflict do nothing;
  if not found then
    return;
  end if;
  finished := nemo_private.complete_requests(gateway_record.items);
  -- Whoever deletes an organization or lowers its data policy waits for this batch, so that no row is left behind that
  -- should be gone; or this batch waited for them, and asks once more what it may keep.
  select bool_or(held.data_policy <> f.data_policy) into other_policy
  from (
    select o.id, o.data_policy from nemo.organizations o
    where o.id in (select f.organization_id from unnest(finished) f) order by o.id for key share
  ) held
  join unnest(finished) f on f.organization_id = held.id;
  if other_policy then
    finished := nemo_private.complete_requests(gateway_record.items);
  end if;
  -- First what settle_lost_requests locks first too: a request that was taken for lost is written by one of the two.
  delete from nemo_private.in_flight l where l.request_id in (select f.request_id from unnest(finished) f);
  fresh := nemo_private.log_requests(finished);
  perform nemo_private.charge_requests(fresh);
  perform nemo_private.count_requests(fresh);
  -- Nearly every batch is of today, and most are of no test: to know that is all it costs.
  select bool_or(f.created_at < date_trunc('day', now(), 'UTC')), bool_or(f.test_id is not null),
    bool_or(f.denied_template is not null), coalesce(array_agg(distinct f.organization_id), '{}')
  into any_late, any_tested, any_denied, organizations
  from unnest(fresh) f;
  if any_late then
    perform nemo_private.note_late_usage(fresh);
  end if;
  if any_tested then
    perform nemo_private.note_subjects(fresh);
  end if;
  if any_denied then
    perform nemo_private.record_denial(f.denied_template, 'gateway', f.organization_id, f.api_key_id)
    from unnest(fresh) f where f.denied_template is not null;
  end if;
  foreach organization in array organizations loop
    perform nemo_private.broadcast(organization, 'log.written');
  end loop;
end
$$;
comment on function nemo_private.gateway_record(uuid, jsonb) is
  'Writes down a batch of finished requests (an array of nemo_private.finished_request): log, ledger, rollups, denials, one broadcast per organization. Repeating a batch id changes nothing; neither does a request that is already written.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_record(uuid, jsonb) to nemo_gateway;
