-- Which version is served. The linter's verdict is stored by the server; activation asks for it.

create function nemo.record_lint_report(
  template_id text,
  version integer,
  content_hash text,
  error_count integer,
  warning_count integer default 0,
  findings jsonb default '[]',
  linter_version text default ''
)
returns nemo.lint_reports
language plpgsql
security definer
set search_path = ''
as $$
declare
  linted nemo.prompt_versions := nemo_private.require_version(record_lint_report.template_id, record_lint_report.version);
  made nemo.lint_reports;
begin
  perform nemo_private.hold_organization(linted.organization_id);
  if record_lint_report.content_hash is distinct from linted.content_hash then
    perform nemo_private.fail('NM025', 'What was linted is not this version.', 'Read the version and its content_hash again, then lint that.');
  end if;
  insert into nemo.lint_reports
    (organization_id, template_id, version, content_hash, passed, error_count, warning_count, findings, linter_version)
  values (linted.organization_id, linted.template_id, linted.version, linted.content_hash,
    nemo_private.check_range(record_lint_report.error_count, 'number of errors', 0, 1000000) = 0,
    record_lint_report.error_count,
    nemo_private.check_range(coalesce(record_lint_report.warning_count, 0), 'number of warnings', 0, 1000000),
    coalesce(record_lint_report.findings, '[]'), nemo_private.check_text(record_lint_report.linter_version, 'linter version', 100))
  returning * into made;
  perform nemo_private.broadcast(made.organization_id, 'version.linted',
    jsonb_build_object('template_id', made.template_id, 'version', made.version));
  return made;
end
$$;
comment on function nemo.record_lint_report(text, integer, text, integer, integer, jsonb, text) is
  'Stores what the server''s linter said about a version; content_hash is that of the text it linted. For the service role only. NM015, NM024, NM025 another text.';

create function nemo_private.require_passing_lint(linted nemo.prompt_versions)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  report nemo.lint_reports;
begin
  -- The newest report counts: rules may have become stricter since the version was first linted.
  select * into report from nemo.lint_reports r
  where r.organization_id = linted.organization_id and r.template_id = linted.template_id and r.version = linted.version
    and r.content_hash = linted.content_hash
  order by r.created_at desc limit 1;
  if report.id is null then
    perform nemo_private.fail('NM022', format('Version %s has not been linted.', linted.version),
      'Activate or label it in the dashboard, or with POST /functions/v1/prompts/activate, which lint it first; POST /functions/v1/prompts/lint does only that.');
  elsif not report.passed then
    perform nemo_private.fail('NM022', format('Version %s has %s lint errors.', linted.version, report.error_count),
      'Fix them and save a new version.');
  end if;
end
$$;
comment on function nemo_private.require_passing_lint(nemo.prompt_versions) is
  'Refuses a version whose newest server-side lint report is missing or has errors (NM022).';

-- On the table and not in activate_version, so that no other path, and no row written by hand, goes past it.
create function nemo_private.refuse_unlinted_activation()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.require_passing_lint(nemo_private.require_version(new.id, new.active_version));
  return new;
end
$$;
comment on function nemo_private.refuse_unlinted_activation() is
  'Refuses to make a version active that is not there (NM024) or has no passing lint report (NM022), whoever writes the row.';

create trigger prompt_templates_activation_needs_lint
  before update of active_version on nemo.prompt_templates
  for each row when (new.active_version is not null and new.active_version is distinct from old.active_version)
  execute function nemo_private.refuse_unlinted_activation();
create trigger prompt_templates_begin_without_lint
  before insert on nemo.prompt_templates
  for each row when (new.active_version is not null)
  execute function nemo_private.refuse_unlinted_activation();

create function nemo.activate_version(template_id text, version integer)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  old_row nemo.prompt_templates := nemo_private.require_template(activate_version.template_id, 'member');
  target nemo.prompt_versions := nemo_private.require_version(old_row.id, activate_version.version);
  new_row nemo.prompt_templates;
begin
  if old_row.active_version = target.version then
    return old_row;
  end if;
  update nemo.prompt_templates t
  set active_version = target.version, active_since = now(), updated_at = now()
  where t.id = old_row.id returning * into new_row;
  perform nemo_private.append_audit(new_row.organization_id, 'version.activated', 'version', new_row.id || '@v' || target.version, new_row.id,
    before => jsonb_build_object('active_version', old_row.active_version),
    after => jsonb_build_object('active_version', new_row.active_version));
  perform nemo_private.broadcast(new_row.organization_id, 'template.changed', jsonb_build_object('template_id', new_row.id));
  insert into nemo.activations (organization_id, template_id, version, previous_version, duration_us, activated_by)
  values (new_row.organization_id, new_row.id, target.version, old_row.active_version,
    extract(microseconds from least(clock_timestamp() - statement_timestamp(), interval '30 seconds'))::integer,
    nemo_private.current_user_id());
  return new_row;
end
$$;
comment on function nemo.activate_version(text, integer) is
  'Makes a version the one that is served, or goes back to an earlier one (member). Every request that begins after this returns gets it. Already active: nothing happens. NM002, NM003, NM022 no passing lint report, NM023, NM024 no such version.';

create function nemo.deactivate_template(template_id text)
returns nemo.prompt_templates
language plpgsql
security definer
set search_path = ''
as $$
declare
  old_row nemo.prompt_templates := nemo_private.require_template(deactivate_template.template_id, 'member');
  new_row nemo.prompt_templates;
begin
  if old_row.active_version is null then
    return old_row;
  end if;
  update nemo.prompt_templates t set active_version = null, active_since = null, updated_at = now()
  where t.id = old_row.id returning * into new_row;
  perform nemo_private.announce_template(new_row, 'template.deactivated',
    before => jsonb_build_object('active_version', old_row.active_version),
    after => jsonb_build_object('active_version', null));
  return new_row;
end
$$;
comment on function nemo.deactivate_template(text) is
  'Stops serving a template (member). Not active: nothing happens. NM002, NM003, NM023.';

create function nemo.record_access_denial(template_id text, user_id uuid)
returns boolean
language sql
security definer
set search_path = ''
as $$
  select nemo_private.record_denial(record_access_denial.template_id, 'function', asking_user_id => record_access_denial.user_id)
$$;
comment on function nemo.record_access_denial(text, uuid) is
  'Counts a refused attempt of a person on another organization''s template. For edge functions (service role), which can write it in a transaction of its own after the refusal. False when there was nothing to count.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.activate_version(text, integer), nemo.deactivate_template(text) to authenticated, service_role;
grant execute on function
  nemo.record_lint_report(text, integer, text, integer, integer, jsonb, text), nemo.record_access_denial(text, uuid)
  to service_role;
