-- What a worker does with the queue. Only the service role may: a worker is the recommendations function, woken
-- by a schedule or by whoever asked.

create function nemo_private.end_recommendation_job(job_id uuid, state text, reason text, error_code text default null)
returns nemo.recommendation_jobs
language plpgsql
security definer
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
  job nemo.recommendation_jobs;
begin
  perform nemo_private.check_range(claim_recommendation_job.lease_seconds, 'lease', 1, 3600);
  loop
    select * into job from nemo.recommendation_jobs j
    where ((j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.leased_until < now()))
      and (claim_recommendation_job.job_id is null or j.id = claim_recommendation_job.job_id)
    order by j.run_after, j.created_at
    limit 1 for update skip locked;
    if job.id is null then
      return null;
    end if;
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
end
$$;
comment on function nemo.claim_recommendation_job(uuid, integer) is
  'Takes the next job, or this one if it is due, under a lease of some seconds (service role). Answers the job, or null fields when there is none. A job whose worker was lost is taken over; after five attempts it is dead.';

create function nemo.renew_recommendation_job(job_id uuid, lease uuid, progress integer, stage text, lease_seconds integer default 120)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs;
begin
  update nemo.recommendation_jobs j set
    progress = least(99, greatest(j.progress, coalesce(renew_recommendation_job.progress, 0))), stage = left(coalesce(renew_recommendation_job.stage, j.stage), 100),
    leased_until = now() + make_interval(secs => coalesce(renew_recommendation_job.lease_seconds, 120))
  where j.id = renew_recommendation_job.job_id and j.lease = renew_recommendation_job.lease and not j.cancel_requested
  returning * into job;
  if job.id is null then
    return false;
  end if;
  perform nemo_private.announce_job(job);
  return true;
end
$$;
comment on function nemo.renew_recommendation_job(uuid, uuid, integer, text, integer) is
  'Says how far the worker is and keeps its lease (service role). False: the job was cancelled or taken over, so stop.';

create function nemo_private.require_lease(job_id uuid, lease uuid)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs;
begin
  select * into job from nemo.recommendation_jobs j where j.id = require_lease.job_id for no key update;
  if job.lease is distinct from require_lease.lease or job.lease is null then
    perform nemo_private.fail('NM306', 'This worker no longer holds the job.', 'Stop; another worker has it, or it has ended.');
  end if;
  return job;
end
$$;
comment on function nemo_private.require_lease(uuid, uuid) is 'The job, locked, if the lease is still the caller''s; NM306 otherwise.';

create function nemo_private.charge_recommendation_job(job nemo.recommendation_jobs, usage jsonb)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
  model_name text := charge_recommendation_job.usage ->> 'model';
  cost bigint := nemo_private.cost_of(null, model_name, (charge_recommendation_job.usage ->> 'prompt_tokens')::integer,
    (charge_recommendation_job.usage ->> 'cached_tokens')::integer, (charge_recommendation_job.usage ->> 'completion_tokens')::integer);
begin
  if model_name is null then
    return null;
  end if;
  insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id, model, note)
  values (job.organization_id, 'charge', -cost, job.id, model_name, 'Recommendations')
  on conflict (request_id) do nothing;
  perform nemo_private.broadcast(job.organization_id, 'credit.changed');
  return cost;
end
$$;
comment on function nemo_private.charge_recommendation_job(nemo.recommendation_jobs, jsonb) is
  'Charges what a finished job used, once; answers the cost in nano-dollars, null when unknown or when no model was called.';

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
      perform nemo_private.broadcast(added.organization_id, 'recommendation.changed',
        jsonb_build_object('recommendation_id', added.id, 'template_id', added.template_id));
    end if;
  end loop;
  update nemo.recommendation_jobs j set
    made = count_made, judgements = coalesce(finish_recommendation_job.judgements, 0),
    model = finish_recommendation_job.usage ->> 'model',
    cost_nanousd = case when finish_recommendation_job.usage is not null then nemo_private.charge_recommendation_job(job, finish_recommendation_job.usage) end
  where j.id = job.id;
  return nemo_private.end_recommendation_job(job.id, 'succeeded', finish_recommendation_job.reason);
end
$$;
comment on function nemo.finish_recommendation_job(uuid, uuid, text, jsonb, jsonb, integer) is
  'Stores all a job made, charges what it used ({"model", "prompt_tokens", "cached_tokens", "completion_tokens"}) and ends it, in one transaction (service role). What was suggested before for the version is not made again. NM306 when the lease is lost: then nothing is stored or charged.';

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

create function nemo.rebase_recommendation(recommendation_id uuid, version integer, fingerprint text, proposed_messages jsonb, predicted_effect jsonb)
returns nemo.prompt_recommendations
language plpgsql
security definer
set search_path = ''
as $$
-- The unique key below names columns that are also arguments; arguments are always written in full.
#variable_conflict use_column
declare
  original nemo.prompt_recommendations;
  onto nemo.prompt_versions;
  made nemo.prompt_recommendations;
begin
  select * into original from nemo.prompt_recommendations r where r.id = rebase_recommendation.recommendation_id;
  perform nemo_private.require_role(original.organization_id, 'member', 'recommendation');
  perform nemo_private.require_template(original.template_id, 'member');
  if original.state not in ('open', 'superseded') then
    perform nemo_private.fail('NM300', format('This recommendation is already %s.', original.state), 'Ask for new ones.');
  end if;
  onto := nemo_private.require_version(original.template_id, rebase_recommendation.version);
  if onto.version <= original.source_version or onto.version <> (select t.latest_version from nemo.prompt_templates t where t.id = original.template_id) then
    perform nemo_private.fail('NM301', 'A recommendation is rebased on the newest version.', 'Look at the newest version and try again.');
  end if;
  insert into nemo.prompt_recommendations
    (organization_id, template_id, source_version, layer, kind, fingerprint, severity, title, reason, predicted_effect, proposed_messages,
     diff, model, created_by, rebased_from)
  values (original.organization_id, original.template_id, onto.version, original.layer, original.kind, rebase_recommendation.fingerprint,
    original.severity, original.title, original.reason, coalesce(rebase_recommendation.predicted_effect, '{}'),
    nemo_private.check_messages(rebase_recommendation.proposed_messages),
    nemo_private.structured_patch('v' || onto.version, 'suggestion',
      nemo_private.version_text(onto.messages, onto.config, onto.contract),
      nemo_private.version_text(rebase_recommendation.proposed_messages, onto.config, onto.contract)),
    original.model, nemo_private.current_user_id(), original.id)
  on conflict (template_id, source_version, fingerprint) do update set rebased_from = excluded.rebased_from
  returning * into made;
  perform nemo_private.broadcast(made.organization_id, 'recommendation.changed',
    jsonb_build_object('recommendation_id', made.id, 'template_id', made.template_id));
  return made;
end
$$;
comment on function nemo.rebase_recommendation(uuid, integer, text, jsonb, jsonb) is
  'Stores a recommendation carried over to the newest version (service role acting for a member, which has checked the text). NM002, NM003, NM018, NM023, NM024, NM300, NM301.';

-- Wakes the worker where the project can call it: the address and the secret key lie in Vault under the names
-- below. Elsewhere whoever asks for recommendations calls POST /run. Functions of extensions are named in dynamic
-- statements, so that a database without them takes this migration too.
create function nemo_private.wake_recommendation_worker()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  address text;
  key text;
begin
  if to_regclass('vault.decrypted_secrets') is null or to_regnamespace('net') is null then
    return false;
  elsif not exists (select from nemo.recommendation_jobs j
                    where (j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.leased_until < now())) then
    return false;
  end if;
  execute $vault$ select max(decrypted_secret) filter (where name = 'nemo_functions_url'), max(decrypted_secret) filter (where name = 'nemo_secret_key')
    from vault.decrypted_secrets $vault$ into address, key;
  if address is null or key is null then
    return false;
  end if;
  execute $net$ select net.http_post(url := $1, body := '{}'::jsonb,
    headers := jsonb_build_object('content-type', 'application/json', 'apikey', $2), timeout_milliseconds := 5000) $net$
  using rtrim(address, '/') || '/recommendations/run', key;
  return true;
end
$$;
comment on function nemo_private.wake_recommendation_worker() is
  'Calls the recommendations function when a job is due; answers whether it did. Needs pg_net, and the Vault secrets nemo_functions_url (…/functions/v1) and nemo_secret_key.';

create function nemo_private.schedule_recommendation_worker()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if to_regnamespace('cron') is null or to_regnamespace('net') is null or to_regclass('vault.decrypted_secrets') is null then
    return false;
  end if;
  -- A schedule of the same name is replaced, so that this may be called again.
  execute $cron$ select cron.schedule('nemo-recommendations', '* * * * *', 'select nemo_private.wake_recommendation_worker()') $cron$;
  return true;
end
$$;
comment on function nemo_private.schedule_recommendation_worker() is
  'Has pg_cron wake the worker each minute, where pg_cron, pg_net and Vault are there; answers whether they are. The migration calls it; call it again (as postgres) after enabling them later.';
select nemo_private.schedule_recommendation_worker();

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.claim_recommendation_job(uuid, integer),
  nemo.renew_recommendation_job(uuid, uuid, integer, text, integer),
  nemo.finish_recommendation_job(uuid, uuid, text, jsonb, jsonb, integer),
  nemo.fail_recommendation_job(uuid, uuid, text, text, boolean),
  nemo.rebase_recommendation(uuid, integer, text, jsonb, jsonb)
  to service_role;
