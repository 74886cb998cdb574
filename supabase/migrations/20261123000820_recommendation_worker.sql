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

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.claim_recommendation_job(uuid, integer),
  nemo.renew_recommendation_job(uuid, uuid, integer, text, integer)
  to service_role;
