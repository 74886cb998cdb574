-- Two to ten versions behind one template, each with a share of its traffic.

create table nemo.ab_tests (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  template_id text not null,
  name text not null check (length(name) between 1 and 100),
  state text not null default 'draft' check (state in ('draft', 'running', 'paused', 'completed')),
  phase integer not null default 1 check (phase > 0),
  assign_by text not null default 'request' check (assign_by in ('request', 'subject')),
  primary_metric text not null default 'quality'
    check (primary_metric in ('quality', 'error_rate', 'cost', 'latency', 'tokens')),
  guardrails jsonb not null default '[]' check (jsonb_typeof(guardrails) = 'array'),
  minimum_detectable_effect double precision check (minimum_detectable_effect between 0.0001 and 10),
  stop_reason text check (length(stop_reason) <= 500),
  promoted_variant text check (promoted_variant ~ '^[A-J]$'),
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  paused_at timestamptz,
  completed_at timestamptz,
  unique (organization_id, id),
  unique (organization_id, template_id, id),
  foreign key (organization_id, template_id) references nemo.prompt_templates (organization_id, id) on delete cascade,
  check ((state = 'draft') = (started_at is null)),
  check ((state = 'completed') = (completed_at is not null))
);
comment on table nemo.ab_tests is 'A/B tests: draft, then running and paused in turn, then completed.';
comment on column nemo.ab_tests.id is 'The test; part of what is hashed to assign a request to a variant.';
comment on column nemo.ab_tests.organization_id is 'The organization it belongs to.';
comment on column nemo.ab_tests.template_id is 'The template whose traffic is split.';
comment on column nemo.ab_tests.name is 'What people call it.';
comment on column nemo.ab_tests.state is 'draft, running, paused or completed.';
comment on column nemo.ab_tests.phase is 'Which set of weights is in force; changing weights after the start begins a new one.';
comment on column nemo.ab_tests.assign_by is 'request: a request id keeps its variant. subject: a user or session keeps its variant.';
comment on column nemo.ab_tests.primary_metric is 'What decides the test.';
comment on column nemo.ab_tests.guardrails is 'Limits that stop a variant by themselves: a list of objects.';
comment on column nemo.ab_tests.minimum_detectable_effect is 'The smallest relative difference worth finding (0.05 is 5 %); sets the sample size.';
comment on column nemo.ab_tests.stop_reason is 'Why it was stopped, if a guardrail stopped it or a person said why.';
comment on column nemo.ab_tests.promoted_variant is 'The variant that was made the active version.';
comment on column nemo.ab_tests.created_by is 'Who drafted it; null for the system.';
comment on column nemo.ab_tests.created_at is 'When it was drafted.';
comment on column nemo.ab_tests.updated_at is 'When the row last changed.';
comment on column nemo.ab_tests.started_at is 'When it first ran.';
comment on column nemo.ab_tests.paused_at is 'When it was last paused.';
comment on column nemo.ab_tests.completed_at is 'When it was completed.';

alter table nemo.ab_tests enable row level security, force row level security;
create unique index ab_tests_one_running_idx on nemo.ab_tests (template_id) where state = 'running';

create policy "members read tests of templates that are not deleted" on nemo.ab_tests
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.ab_tests to authenticated, service_role;

create table nemo.ab_variants (
  organization_id uuid not null,
  test_id uuid not null,
  template_id text not null,
  phase integer not null check (phase > 0),
  letter text not null check (letter ~ '^[A-J]$'),
  version integer not null,
  weight integer not null check (weight between 0 and 10000),
  stopped_at timestamptz,
  stopped_for jsonb,
  created_at timestamptz not null default now(),
  primary key (test_id, phase, letter),
  -- One key with the template in it, so that a variant can only be a version of the template under test.
  foreign key (organization_id, template_id, test_id)
    references nemo.ab_tests (organization_id, template_id, id) on delete cascade,
  foreign key (organization_id, template_id, version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade
);
comment on table nemo.ab_variants is 'The variants of a test in each phase. A is the control.';
comment on column nemo.ab_variants.organization_id is 'The organization it belongs to.';
comment on column nemo.ab_variants.test_id is 'The test.';
comment on column nemo.ab_variants.template_id is 'The test''s template.';
comment on column nemo.ab_variants.phase is 'The phase these weights belong to.';
comment on column nemo.ab_variants.letter is 'A to J, in the order in which shares are laid out.';
comment on column nemo.ab_variants.version is 'The version it serves.';
comment on column nemo.ab_variants.weight is 'Its share in basis points; the weights of a phase sum to 10 000.';
comment on column nemo.ab_variants.stopped_at is 'When a guardrail stopped it; its traffic then gets the active version.';
comment on column nemo.ab_variants.stopped_for is 'The guardrail it breached, how many values showed it and what they measured: {guardrail, count, measured}.';
comment on column nemo.ab_variants.created_at is 'When the phase was set up.';

alter table nemo.ab_variants enable row level security, force row level security;
create index ab_variants_test_idx on nemo.ab_variants (organization_id, template_id, test_id);
create index ab_variants_version_idx on nemo.ab_variants (organization_id, template_id, version);

create policy "members read variants of templates that are not deleted" on nemo.ab_variants
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.ab_variants to authenticated, service_role;

-- Checked when the transaction commits, because a phase is written row by row. By then the function that wrote the rows
-- is over, and with it its owner's rights: the gateway's role, whose records stop variants, may not look itself.
create function nemo_private.check_variants()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  letters text;
  total integer;
begin
  select string_agg(v.letter, '' order by v.letter), sum(v.weight)
  into letters, total
  from nemo.ab_variants v
  where v.test_id = new.test_id and v.phase = new.phase;
  if letters is not null
    and (length(letters) < 2 or letters <> left('ABCDEFGHIJ', length(letters)) or total <> 10000)
  then
    perform nemo_private.fail('NM200', format('A test needs two to ten variants whose weights sum to 10000; these are %s with %s.', letters, total),
      'Give weights in basis points: 60/40 is 6000/4000, thirds are 3333/3333/3334.');
  end if;
  return null;
end
$$;
comment on function nemo_private.check_variants() is 'Refuses a phase that is not two to ten variants A, B, … whose weights sum to 10 000 (NM200).';

create constraint trigger ab_variants_check_phase
  after insert or update on nemo.ab_variants
  deferrable initially deferred
  for each row execute function nemo_private.check_variants();

revoke execute on all functions in schema nemo_private from public;
