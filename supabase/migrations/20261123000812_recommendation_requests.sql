-- Asking for recommendations, and no longer wanting them.

create function nemo.request_recommendations(
  template_id text,
  version integer default null,
  kinds text[] default '{rules}',
  example_inputs jsonb default '[]',
  max_cost_nanousd bigint default 0,
  idempotency_key text default null
)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(request_recommendations.template_id, 'member');
  asked nemo.prompt_versions;
  key text := nullif(nemo_private.check_text(request_recommendations.idempotency_key, 'idempotency key', 200), '');
  wanted text[] := array(select distinct k from unnest(request_recommendations.kinds) k order by k);
  inputs jsonb := coalesce(request_recommendations.example_inputs, '[]');
  job nemo.recommendation_jobs;
begin
  asked := nemo_private.require_version(template.id, coalesce(request_recommendations.version, template.latest_version));
  if cardinality(wanted) = 0 then
    perform nemo_private.fail('NM014', 'Nothing was asked for.', 'Use one or more of: rules, clarity, tokens.');
  end if;
  perform nemo_private.check_choice(k, 'kind of recommendation', array['rules', 'clarity', 'tokens']) from unnest(wanted) k;
  perform nemo_private.check_range(coalesce(request_recommendations.max_cost_nanousd, 0), 'highest cost', 0, 100000000000);
  if jsonb_typeof(inputs) <> 'array' or octet_length(inputs::text) > 65536
    or jsonb_path_query_array(inputs, 'strict $[*] ? (@.type() != "object")') <> '[]' or jsonb_array_length(inputs) > 5
  then
    perform nemo_private.fail('NM019', 'The example inputs are not up to five objects of variables.', 'Give [{"name": value, …}, …] of at most 64 KiB.');
  end if;
  -- The template is locked, so of two requests at once the second finds the first's job.
  select * into job from nemo.recommendation_jobs j
  where j.organization_id = template.organization_id
    and (j.idempotency_key = key
      or (key is null and j.template_id = template.id and j.version = asked.version and j.kinds = wanted
        and j.state in ('queued', 'running') and not j.cancel_requested))
  order by j.created_at desc limit 1;
  if job.id is not null then
    job.lease := null;
    return job;
  end if;
  if (select count(*) from nemo.recommendation_jobs j
      where j.organization_id = template.organization_id and j.state in ('queued', 'running')) >= 20 then
    perform nemo_private.fail('NM304', 'Twenty jobs of this organization are waiting or running.', 'Wait until one has ended, or cancel one.');
  end if;
  insert into nemo.recommendation_jobs
    (organization_id, template_id, version, kinds, example_inputs, max_cost_nanousd, idempotency_key, requested_by)
  values (template.organization_id, template.id, asked.version, wanted, inputs,
    coalesce(request_recommendations.max_cost_nanousd, 0), key, nemo_private.current_user_id())
  returning * into job;
  perform nemo_private.append_audit(job.organization_id, 'recommendation.requested', 'recommendation_job', job.id::text, job.template_id,
    after => jsonb_build_object('version', job.version, 'kinds', job.kinds, 'max_cost_nanousd', job.max_cost_nanousd));
  perform nemo_private.announce_job(job);
  return job;
end
$$;
comment on function nemo.request_recommendations(text, integer, text[], jsonb, bigint, text) is
  'Queues a job for a version, by default the latest (member), or answers the one that is already waiting or running for it, or has this idempotency key. Kinds: rules, clarity, tokens. max_cost_nanousd is what the caller agrees to pay at most. NM002, NM003, NM011, NM014, NM015, NM019, NM023, NM024, NM304 too many jobs.';

create function nemo.cancel_recommendations(job_id uuid)
returns nemo.recommendation_jobs
language plpgsql
security definer
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs;
begin
  select * into job from nemo.recommendation_jobs j where j.id = cancel_recommendations.job_id;
  perform nemo_private.require_role(job.organization_id, 'member', 'job');
  job := nemo_private.lock_recommendation_job(cancel_recommendations.job_id);
  if job.id is null then
    perform nemo_private.fail('NM003', 'There is no such job.', 'Check the id.');
  elsif job.state in ('succeeded', 'dead', 'cancelled') then
    perform nemo_private.fail('NM305', format('This job has already ended: %s.', job.state), 'There is nothing left to cancel.');
  elsif not job.cancel_requested then
    update nemo.recommendation_jobs j set
      cancel_requested = true,
      state = case job.state when 'queued' then 'cancelled' else job.state end,
      reason = case job.state when 'queued' then 'Cancelled before it began.' else job.reason end,
      finished_at = case job.state when 'queued' then now() end
    where j.id = job.id returning * into job;
    perform nemo_private.append_audit(job.organization_id, 'recommendation.cancelled', 'recommendation_job', job.id::text, job.template_id);
    perform nemo_private.announce_job(job);
  end if;
  job.lease := null;
  return job;
end
$$;
comment on function nemo.cancel_recommendations(uuid) is
  'Cancels a job (member): at once while it waits, at its next step while it runs. Nothing it made is kept and nothing is charged. NM002, NM003, NM305 already ended.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.request_recommendations(text, integer, text[], jsonb, bigint, text),
  nemo.cancel_recommendations(uuid)
  to authenticated, service_role;
