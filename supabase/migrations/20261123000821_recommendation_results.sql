-- How a worker ends a job: with what it found, or with what went wrong. Only the service role may.

create function nemo_private.charge_recommendation_job(job nemo.recommendation_jobs, usage jsonb)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  model_name text := charge_recommendation_job.usage ->> 'model';
  -- What does not say whose provider answered is charged.
  own boolean := coalesce(charge_recommendation_job.usage ->> 'provider', 'platform') <> 'platform';
  cost bigint := nemo_private.cost_of(case when own then job.organization_id end, model_name, (charge_recommendation_job.usage ->> 'prompt_tokens')::integer,
    (charge_recommendation_job.usage ->> 'cached_tokens')::integer, (charge_recommendation_job.usage ->> 'completion_tokens')::integer);
begin
  if model_name is null then
    return null;
  elsif own then
    return cost;
  end if;
  -- What was agreed to is the most there is to pay, whatever the provider says it has used.
  cost := case when cost is not null then greatest(0, least(cost, job.max_cost_nanousd)) end;
  insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id, model, note)
  values (job.organization_id, 'charge', -cost, job.id, model_name, 'Recommendations')
  on conflict (request_id) do nothing;
  perform nemo_private.broadcast(job.organization_id, 'credit.changed');
  return cost;
end
$$;
comment on function nemo_private.charge_recommendation_job(nemo.recommendation_jobs, jsonb) is
  'Charges what a finished job used of the platform''s provider, once and never more than was agreed; what an own provider answered is billed there and only told. Answers the cost in nano-dollars, null when unknown or when no model was called.';

create function nemo.finish_recommendation_job(job_id uuid, lease uuid, reason text, recommendations jsonb, usage jsonb default null, judgements integer default 0)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs := nemo_private.require_lease(finish_recommendation_job.job_id, finish_recommendation_job.lease);
  source nemo.prompt_versions := nemo_private.require_version(job.template_id, job.version);
  added nemo.prompt_recommendations;
  entry jsonb;
  rewrite jsonb;
  count_made integer := 0;
begin
  if job.cancel_requested then
    return nemo_private.end_recommendation_job(job.id, 'cancelled', 'Cancelled while it ran. Nothing was kept or charged.');
  end if;
  for entry in select e.value from jsonb_array_elements(coalesce(finish_recommendation_job.recommendations, '[]')) e loop
    rewrite := case jsonb_typeof(entry -> 'proposed_messages') when 'array' then nemo_private.check_messages(entry -> 'proposed_messages') end;
    insert into nemo.prompt_recommendations
      (organization_id, template_id, source_version, job_id, layer, kind, fingerprint, severity, title, reason, evidence,
       predicted_effect, proposed_messages, diff, model, created_by)
    values (job.organization_id, job.template_id, job.version, job.id, entry ->> 'layer', entry ->> 'kind', entry ->> 'fingerprint',
      entry ->> 'severity', left(entry ->> 'title', 200), left(entry ->> 'reason', 4000), coalesce(entry -> 'evidence', '[]'),
      coalesce(entry -> 'predicted_effect', '{}'), rewrite,
      case when rewrite is not null then nemo_private.structured_patch('v' || job.version, 'suggestion',
        nemo_private.version_text(source.messages, source.config, source.contract),
        nemo_private.version_text(rewrite, source.config, source.contract)) end,
      entry ->> 'model', job.requested_by)
    on conflict (template_id, source_version, fingerprint) do nothing
    returning * into added;
    if found then
      count_made := count_made + 1;
      perform nemo_private.broadcast_recommendation(added);
    end if;
  end loop;
  update nemo.recommendation_jobs j set
    made = count_made, judgements = coalesce(finish_recommendation_job.judgements, 0),
    model = finish_recommendation_job.usage ->> 'model',
    provider = case when finish_recommendation_job.usage is not null then coalesce(finish_recommendation_job.usage ->> 'provider', 'platform') end,
    cost_nanousd = case when finish_recommendation_job.usage is not null then nemo_private.charge_recommendation_job(job, finish_recommendation_job.usage) end
  where j.id = job.id;
  return nemo_private.end_recommendation_job(job.id, 'succeeded', finish_recommendation_job.reason);
end
$$;
comment on function nemo.finish_recommendation_job(uuid, uuid, text, jsonb, jsonb, integer) is
  'Stores all a job made, charges what it used ({"provider", "model", "prompt_tokens", "cached_tokens", "completion_tokens"}) and ends it, in one transaction (service role). What was suggested before for the version is not made again. NM306 when the lease is lost: then nothing is stored or charged.';

create function nemo.fail_recommendation_job(job_id uuid, lease uuid, error_code text, reason text, may_retry boolean default true)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs := nemo_private.require_lease(fail_recommendation_job.job_id, fail_recommendation_job.lease);
begin
  if job.cancel_requested then
    return nemo_private.end_recommendation_job(job.id, 'cancelled', 'Cancelled while it ran. Nothing was kept or charged.');
  elsif job.attempts >= 5 or not coalesce(fail_recommendation_job.may_retry, true) then
    return nemo_private.end_recommendation_job(job.id, 'dead', fail_recommendation_job.reason, fail_recommendation_job.error_code);
  end if;
  -- 10 s, 20 s, 40 s, 80 s.
  update nemo.recommendation_jobs j set state = 'queued', lease = null, leased_until = null, stage = 'waiting to try again',
    error_code = fail_recommendation_job.error_code, reason = left(fail_recommendation_job.reason, 2000),
    run_after = now() + make_interval(secs => 10 * 2 ^ (j.attempts - 1))
  where j.id = job.id returning * into job;
  perform nemo_private.announce_job(job);
  return job;
end
$$;
comment on function nemo.fail_recommendation_job(uuid, uuid, text, text, boolean) is
  'Says that an attempt failed (service role): the job waits 10, 20, 40, 80 seconds and is given up after five attempts, or at once when trying again cannot help. Nothing is stored or charged. NM306 when the lease is lost.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.finish_recommendation_job(uuid, uuid, text, jsonb, jsonb, integer),
  nemo.fail_recommendation_job(uuid, uuid, text, text, boolean)
  to service_role;
