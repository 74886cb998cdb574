-- What the linter said about a version. Reports are written by the server alone, and a version without a
-- passing one cannot be activated: so a client cannot vouch for its own prompt.

create table nemo.lint_reports (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null,
  template_id text not null,
  version integer not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  passed boolean not null,
  error_count integer not null default 0 check (error_count >= 0),
  warning_count integer not null default 0 check (warning_count >= 0),
  findings jsonb not null default '[]' check (jsonb_typeof(findings) = 'array' and pg_column_size(findings) <= 1048576),
  linter_version text not null default '' check (length(linter_version) <= 100),
  created_at timestamptz not null default clock_timestamp(),
  foreign key (organization_id, template_id, version)
    references nemo.prompt_versions (organization_id, template_id, version) on delete cascade,
  check (passed = (error_count = 0))
);
comment on table nemo.lint_reports is 'Results of linting versions on the server; the newest of a version counts.';
comment on column nemo.lint_reports.id is 'The report.';
comment on column nemo.lint_reports.organization_id is 'The organization it belongs to.';
comment on column nemo.lint_reports.template_id is 'The template.';
comment on column nemo.lint_reports.version is 'The version that was linted.';
comment on column nemo.lint_reports.content_hash is 'The content_hash of what was linted.';
comment on column nemo.lint_reports.passed is 'True when there was no error; warnings do not fail a version.';
comment on column nemo.lint_reports.error_count is 'How many findings are errors.';
comment on column nemo.lint_reports.warning_count is 'How many findings are warnings.';
comment on column nemo.lint_reports.findings is 'What was found, as the linter returned it.';
comment on column nemo.lint_reports.linter_version is 'Which rules it was linted with.';
comment on column nemo.lint_reports.created_at is 'When it was linted.';

alter table nemo.lint_reports enable row level security, force row level security;
create index lint_reports_version_idx on nemo.lint_reports (organization_id, template_id, version, created_at desc);

create policy "members read lint reports of templates that are not deleted" on nemo.lint_reports
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.lint_reports to authenticated, service_role;

create trigger lint_reports_append_only
  before update or delete on nemo.lint_reports
  for each row execute function nemo_private.refuse_change('none');
