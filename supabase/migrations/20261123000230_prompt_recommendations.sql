-- Suggested new texts for a version. A recommendation never applies itself: a person decides, once.

create table nemo.prompt_recommendations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  template_id text not null,
  source_version integer not null,
  job_id uuid,
  layer text not null check (layer in ('analyser', 'model')),
  kind text not null check (kind ~ '^[a-z][a-z0-9_-]{0,63}$'),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  state text not null default 'open' check (state in ('open', 'accepted', 'edited', 'dismissed', 'superseded')),
  severity text not null default 'info' check (severity in ('info', 'warning', 'error')),
  title text not null check (length(title) between 1 and 200),
  reason text not null check (length(reason) between 1 and 4000),
  evidence jsonb not null default '[]' check (jsonb_typeof(evidence) = 'array' and pg_column_size(evidence) <= 1048576),
  predicted_effect jsonb not null default '{}' check (jsonb_typeof(predicted_effect) = 'object' and pg_column_size(predicted_effect) <= 262144),
  realised_effect jsonb check (jsonb_typeof(realised_effect) = 'object' and pg_column_size(realised_effect) <= 262144),
  proposed_messages jsonb check (jsonb_typeof(proposed_messages) = 'array' and pg_column_size(proposed_messages) <= 131072),
  proposed_config jsonb check (jsonb_typeof(proposed_config) = 'object' and pg_column_size(proposed_config) <= 131072),
  proposed_contract jsonb check (jsonb_typeof(proposed_contract) = 'object' and pg_column_size(proposed_contract) <= 131072),
  diff jsonb check (jsonb_typeof(diff) = 'object' and pg_column_size(diff) <= 4194304),
  model text,
  cost_nanousd bigint check (cost_nanousd >= 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  decided_by uuid,
  decided_at timestamptz,
  decision_note text not null default '' check (length(decision_note) <= 2000),
  resulting_version integer,
  test_id uuid,
  unique (organization_id, id),
  -- Asking twice finds the same thing once.
  unique (template_id, source_version, fingerprint),
  foreign key (organization_id, template_id, source_version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade,
  foreign key (organization_id, template_id, resulting_version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade,
  foreign key (organization_id, template_id, test_id)
    references nemo.ab_tests (organization_id, template_id, id) on delete set null (test_id),
  check ((state = 'open') = (decided_at is null)),
  check (state not in ('accepted', 'edited') or resulting_version is not null),
  check (resulting_version is null or state in ('accepted', 'edited'))
);
comment on table nemo.prompt_recommendations is 'Suggested rewrites of versions, with reason, evidence and predicted effect; each is decided once, by a person or by being overtaken.';
comment on column nemo.prompt_recommendations.id is 'The recommendation.';
comment on column nemo.prompt_recommendations.organization_id is 'The organization it belongs to.';
comment on column nemo.prompt_recommendations.template_id is 'The template.';
comment on column nemo.prompt_recommendations.source_version is 'The version it was made for; it says so when a newer one exists.';
comment on column nemo.prompt_recommendations.job_id is 'The job that made it.';
comment on column nemo.prompt_recommendations.layer is 'analyser: found by rules alone. model: written by a language model.';
comment on column nemo.prompt_recommendations.kind is 'What it is about: passive-voice, missing-constraints, token-reduction, …';
comment on column nemo.prompt_recommendations.fingerprint is 'SHA-256 hex of what makes it the same suggestion; unique per version.';
comment on column nemo.prompt_recommendations.state is 'open, accepted (as it stood), edited (accepted with changes), dismissed, or superseded by a newer one.';
comment on column nemo.prompt_recommendations.severity is 'info, warning or error.';
comment on column nemo.prompt_recommendations.title is 'The suggestion in one line.';
comment on column nemo.prompt_recommendations.reason is 'Why it is suggested.';
comment on column nemo.prompt_recommendations.evidence is 'Where in the source: [{"message", "start", "end", "text"}].';
comment on column nemo.prompt_recommendations.predicted_effect is 'Estimates, each with its method: tokens, input cost per 1 000 requests, quality range and number of judgements.';
comment on column nemo.prompt_recommendations.realised_effect is 'What an A/B test of the accepted text measured.';
comment on column nemo.prompt_recommendations.proposed_messages is 'The whole suggested text; null when there is advice but no rewrite.';
comment on column nemo.prompt_recommendations.proposed_config is 'The suggested config; null leaves it as it is.';
comment on column nemo.prompt_recommendations.proposed_contract is 'The suggested contract; null leaves it as it is.';
comment on column nemo.prompt_recommendations.diff is 'From the source version to the suggestion, in the form of prompt_versions.diff.';
comment on column nemo.prompt_recommendations.model is 'The model that wrote it.';
comment on column nemo.prompt_recommendations.cost_nanousd is 'What making it cost, in billionths of a US dollar; null when unknown.';
comment on column nemo.prompt_recommendations.created_by is 'Who asked for it; null for the system.';
comment on column nemo.prompt_recommendations.created_at is 'When it was made.';
comment on column nemo.prompt_recommendations.decided_by is 'Who decided; null while open, and when the system superseded it.';
comment on column nemo.prompt_recommendations.decided_at is 'When it was decided.';
comment on column nemo.prompt_recommendations.decision_note is 'Why it was decided so.';
comment on column nemo.prompt_recommendations.resulting_version is 'The version accepting it made.';
comment on column nemo.prompt_recommendations.test_id is 'The A/B test in which the accepted text is a variant.';

alter table nemo.prompt_recommendations enable row level security, force row level security;
create index prompt_recommendations_inbox_idx on nemo.prompt_recommendations (organization_id, state, created_at desc);
create index prompt_recommendations_source_idx on nemo.prompt_recommendations (organization_id, template_id, source_version);
create index prompt_recommendations_result_idx on nemo.prompt_recommendations (organization_id, template_id, resulting_version);
create index prompt_recommendations_test_idx on nemo.prompt_recommendations (organization_id, template_id, test_id);

create policy "members read recommendations for templates that are not deleted" on nemo.prompt_recommendations
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.prompt_recommendations to authenticated, service_role;
