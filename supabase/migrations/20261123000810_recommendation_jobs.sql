-- Recommendations take seconds to minutes, so they are made by jobs. The queue is a table: a job is asked for
-- by a person, claimed under a lease by a worker, and ends in exactly one of four ways.

create table nemo.recommendation_jobs (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  template_id text not null,
  version integer not null,
  kinds text[] not null check (cardinality(kinds) between 1 and 3 and kinds <@ array['rules', 'clarity', 'tokens']),
  example_inputs jsonb not null default '[]' check (jsonb_typeof(example_inputs) = 'array'),
  max_cost_nanousd bigint not null default 0 check (max_cost_nanousd >= 0),
  idempotency_key text check (length(idempotency_key) between 1 and 200),
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'dead', 'cancelled')),
  stage text not null default 'waiting' check (length(stage) <= 100),
  progress integer not null default 0 check (progress between 0 and 100),
  reason text not null default '' check (length(reason) <= 2000),
  error_code text check (error_code ~ '^[a-z_]{1,64}$'),
  attempts integer not null default 0,
  run_after timestamptz not null default now(),
  lease uuid,
  leased_until timestamptz,
  cancel_requested boolean not null default false,
  made integer,
  judgements integer not null default 0 check (judgements >= 0),
  provider text check (length(provider) <= 100),
  model text check (length(model) <= 200),
  cost_nanousd bigint check (cost_nanousd >= 0),
  requested_by uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (organization_id, id),
  unique (organization_id, idempotency_key),
  foreign key (organization_id, template_id, version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade,
  check ((state = 'running') = (lease is not null)),
  check ((lease is null) = (leased_until is null)),
  check ((state in ('succeeded', 'dead', 'cancelled')) = (finished_at is not null))
);
comment on table nemo.recommendation_jobs is 'Requests for recommendations: queued, running under a lease, then succeeded, dead (given up) or cancelled.';
comment on column nemo.recommendation_jobs.id is 'The job; also the request_id of its charge, so it is charged at most once.';
comment on column nemo.recommendation_jobs.organization_id is 'The organization it belongs to.';
comment on column nemo.recommendation_jobs.template_id is 'The template.';
comment on column nemo.recommendation_jobs.version is 'The version that is looked at.';
comment on column nemo.recommendation_jobs.kinds is 'What was asked for: rules (no model), clarity and tokens (rewrites by a model).';
comment on column nemo.recommendation_jobs.example_inputs is 'Up to five objects of variables to try rewrites with; without any, the contract''s examples serve.';
comment on column nemo.recommendation_jobs.max_cost_nanousd is 'What the person agreed to pay at most, in billionths of a US dollar; 0 allows no model call that costs anything.';
comment on column nemo.recommendation_jobs.idempotency_key is 'Asking again with the same key answers the same job.';
comment on column nemo.recommendation_jobs.state is 'queued, running, succeeded, dead or cancelled.';
comment on column nemo.recommendation_jobs.stage is 'What it is doing, for people.';
comment on column nemo.recommendation_jobs.progress is 'How far it is, 0 to 100.';
comment on column nemo.recommendation_jobs.reason is 'How it ended and what was left out, in sentences.';
comment on column nemo.recommendation_jobs.error_code is 'What went wrong last, for programs; null when nothing did.';
comment on column nemo.recommendation_jobs.attempts is 'How often a worker took it; it is given up after five.';
comment on column nemo.recommendation_jobs.run_after is 'When a worker may take it: later after each failure.';
comment on column nemo.recommendation_jobs.lease is 'Proof of the worker that holds it; a worker whose lease is over can no longer write.';
comment on column nemo.recommendation_jobs.leased_until is 'When another worker may take it over.';
comment on column nemo.recommendation_jobs.cancel_requested is 'Somebody cancelled it while it ran; the worker stops at its next step.';
comment on column nemo.recommendation_jobs.made is 'How many recommendations it made that were not there before.';
comment on column nemo.recommendation_jobs.judgements is 'How many judgements by a model its predictions rest on.';
comment on column nemo.recommendation_jobs.provider is 'Who answered: platform, or the name of the organization''s own provider; null when no model did.';
comment on column nemo.recommendation_jobs.model is 'The model that wrote and judged; null when none did.';
comment on column nemo.recommendation_jobs.cost_nanousd is 'What the model''s answers cost, in billionths of a US dollar: charged from credit when the provider is platform, billed by the provider itself otherwise; null when the price is unknown or no model answered.';
comment on column nemo.recommendation_jobs.requested_by is 'Who asked; null for the system.';
comment on column nemo.recommendation_jobs.created_at is 'When it was asked for.';
comment on column nemo.recommendation_jobs.finished_at is 'When it ended.';

alter table nemo.recommendation_jobs enable row level security, force row level security;
create index recommendation_jobs_version_idx on nemo.recommendation_jobs (organization_id, template_id, version);
create index recommendation_jobs_queue_idx on nemo.recommendation_jobs (run_after) where state in ('queued', 'running');
create index recommendation_jobs_recent_idx on nemo.recommendation_jobs (organization_id, created_at desc);

create policy "members read jobs for templates that are not deleted" on nemo.recommendation_jobs
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
-- The lease is the worker's alone, so its column is left out of what people may read.
grant select (id, organization_id, template_id, version, kinds, example_inputs, max_cost_nanousd, idempotency_key, state, stage,
  progress, reason, error_code, attempts, run_after, leased_until, cancel_requested, made, judgements, provider, model, cost_nanousd,
  requested_by, created_at, finished_at) on nemo.recommendation_jobs to authenticated;
grant select on nemo.recommendation_jobs to service_role;

alter table nemo.prompt_recommendations
  add foreign key (organization_id, job_id) references nemo.recommendation_jobs (organization_id, id) on delete set null (job_id);
create index prompt_recommendations_job_idx on nemo.prompt_recommendations (organization_id, job_id);

create function nemo_private.announce_job(job nemo.recommendation_jobs)
returns void
language sql
set search_path = ''
as $$
  select nemo_private.broadcast(job.organization_id, 'recommendation.progressed',
    jsonb_build_object('job_id', job.id, 'template_id', job.template_id))
$$;
comment on function nemo_private.announce_job(nemo.recommendation_jobs) is 'Tells open dashboards that a job moved on.';

create function nemo_private.lock_recommendation_job(job_id uuid)
returns nemo.recommendation_jobs
language plpgsql
set search_path = ''
as $$
declare
  job nemo.recommendation_jobs;
begin
  select * into job from nemo.recommendation_jobs j where j.id = lock_recommendation_job.job_id;
  perform from nemo.organizations o where o.id = job.organization_id for key share;
  select * into job from nemo.recommendation_jobs j where j.id = lock_recommendation_job.job_id for no key update;
  return job;
end
$$;
comment on function nemo_private.lock_recommendation_job(uuid) is
  'The job, locked for this transaction after its organization; null fields when there is none. Asks nobody''s leave: its callers do.';

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
