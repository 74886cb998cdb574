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

revoke execute on all functions in schema nemo_private from public;
