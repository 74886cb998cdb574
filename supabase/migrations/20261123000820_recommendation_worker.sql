-- What a worker does with the queue. Only the service role may: a worker is the recommendations function, woken
-- by a schedule or by whoever asked.

create function nemo_private.end_recommendation_job(job_id uuid, state text, reason text, error_code text default null)
returns nemo.recommendation_jobs
language plpgsql
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs;
begin
  update nemo.recommendation_jobs j set
    state = end_recommendation_job.state, reason = left(end_recommendation_job.reason, 2000), error_code = end_recommendation_job.error_code,
    lease = null, leased_until = null, finished_at = now(),
    stage = 'ended', progress = case end_recommendation_job.state when 'succeeded' then 100 else j.progress end
  where j.id = end_recommendation_job.job_id returning * into job;
  perform nemo_private.announce_job(job);
  return job;
end
$$;
comment on function nemo_private.end_recommendation_job(uuid, text, text, text) is 'Ends a job and tells open dashboards.';

create function nemo.claim_recommendation_job(job_id uuid default null, lease_seconds integer default 120)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  due nemo.recommendation_jobs;
  job nemo.recommendation_jobs;
  taken uuid[] := '{}'::uuid[];
begin
  perform nemo_private.check_range(claim_recommendation_job.lease_seconds, 'lease', 1, 3600);
  loop
    select * into due from nemo.recommendation_jobs j
    where ((j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.leased_until < now()))
      and (claim_recommendation_job.job_id is null or j.id = claim_recommendation_job.job_id)
      and j.id <> all (taken)
    order by j.run_after, j.created_at
    limit 1;
    exit when due.id is null;
    -- Found without a lock, so that the organization can come first; whoever was quicker meanwhile has it.
    taken := taken || due.id;
    perform from nemo.organizations o where o.id = due.organization_id for key share;
    select * into job from nemo.recommendation_jobs j
    where j.id = due.id and j.state = due.state and j.attempts = due.attempts and j.leased_until is not distinct from due.leased_until
    for no key update skip locked;
    continue when job.id is null;
    -- A worker that died is a failure like any other, but nobody was left to report it.
    if job.cancel_requested then
      perform nemo_private.end_recommendation_job(job.id, 'cancelled', 'Cancelled while it ran.');
    elsif job.attempts >= 5 then
      perform nemo_private.end_recommendation_job(job.id, 'dead', 'Five workers took this job and none finished it.', 'worker_lost');
    else
      update nemo.recommendation_jobs j set state = 'running', attempts = j.attempts + 1, stage = 'starting', progress = 0,
        lease = gen_random_uuid(), leased_until = now() + make_interval(secs => coalesce(claim_recommendation_job.lease_seconds, 120))
      where j.id = job.id returning * into job;
      perform nemo_private.announce_job(job);
      return job;
    end if;
  end loop;
  return null;
end
$$;
comment on function nemo.claim_recommendation_job(uuid, integer) is
  'Takes the next job, or this one if it is due, under a lease of some seconds (service role). Answers the job, or null fields when there is none. A job whose worker was lost is taken over; after five attempts it is dead.';

create function nemo_private.require_lease(job_id uuid, lease uuid)
returns nemo.recommendation_jobs
language plpgsql
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs := nemo_private.lock_recommendation_job(require_lease.job_id);
begin
  if job.lease is distinct from require_lease.lease or job.lease is null then
    perform nemo_private.fail('NM306', 'This worker no longer holds the job.', 'Stop; another worker has it, or it has ended.');
  end if;
  return job;
end
$$;
comment on function nemo_private.require_lease(uuid, uuid) is 'The job, locked with its organization, if the lease is still the caller''s; NM306 otherwise.';

create function nemo.renew_recommendation_job(job_id uuid, lease uuid, progress integer, stage text, lease_seconds integer default 120)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs := nemo_private.lock_recommendation_job(renew_recommendation_job.job_id);
begin
  perform nemo_private.check_range(renew_recommendation_job.lease_seconds, 'lease', 1, 3600);
  if job.lease is null or job.lease is distinct from renew_recommendation_job.lease or job.cancel_requested then
    return false;
  end if;
  update nemo.recommendation_jobs j set
    progress = least(99, greatest(j.progress, coalesce(renew_recommendation_job.progress, 0))), stage = left(coalesce(renew_recommendation_job.stage, j.stage), 100),
    leased_until = now() + make_interval(secs => coalesce(renew_recommendation_job.lease_seconds, 120))
  where j.id = job.id returning * into job;
  perform nemo_private.announce_job(job);
  return true;
end
$$;
comment on function nemo.renew_recommendation_job(uuid, uuid, integer, text, integer) is
  'Says how far the worker is and keeps its lease (service role). False: the job was cancelled or taken over, so stop.';

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
  nemo.claim_recommendation_job(uuid, integer),
  nemo.renew_recommendation_job(uuid, uuid, integer, text, integer),
  nemo.finish_recommendation_job(uuid, uuid, text, jsonb, jsonb, integer),
  nemo.fail_recommendation_job(uuid, uuid, text, text, boolean)
  to service_role;
