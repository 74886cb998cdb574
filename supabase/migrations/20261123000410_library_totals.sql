-- The figures at the top of the library.

create function nemo.library_totals(
  organization_id uuid,
  out templates bigint,
  out versions bigint,
  out activations bigint,
  out activation_p50_ms double precision,
  out activation_p95_ms double precision,
  out denials_24h bigint
)
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform nemo_private.require_role(library_totals.organization_id, 'viewer');
  perform nemo_private.collect_denials();
  -- Versions are numbered without gaps, so their sum needs no look at the versions themselves.
  select count(*), coalesce(sum(t.latest_version), 0)
  into library_totals.templates, library_totals.versions
  from nemo.prompt_templates t
  where t.organization_id = library_totals.organization_id and t.deleted_at is null;
  select count(*),
    percentile_cont(0.5) within group (order by a.duration_us) / 1000,
    percentile_cont(0.95) within group (order by a.duration_us) / 1000
  into library_totals.activations, library_totals.activation_p50_ms, library_totals.activation_p95_ms
  from nemo.activations a
  where a.organization_id = library_totals.organization_id and a.created_at >= now() - interval '30 days';
  select coalesce(sum(d.attempts), 0) into library_totals.denials_24h
  from nemo.access_denials d
  where d.organization_id = library_totals.organization_id and d.created_at >= now() - interval '24 hours';
end
$$;
comment on function nemo.library_totals(uuid) is
  'Templates, versions tracked, activations of the last 30 days with the p50 and p95 of their duration in milliseconds (null without any), and attempts from other organizations refused in the last 24 hours. For everyone in the organization. NM003.';

revoke execute on all functions in schema nemo from public;
grant execute on function nemo.library_totals(uuid) to authenticated, service_role;
