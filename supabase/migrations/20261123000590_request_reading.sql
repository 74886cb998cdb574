-- How people read what the gateway did: single requests, from the log.

create function nemo.prompt_log_entries(
  organization_id uuid,
  template_id text default null,
  before timestamptz default null,
  max integer default 50,
  before_request uuid default null,
  version integer default null,
  variant text default null,
  api_key_id uuid default null,
  model text default null,
  outcome text default null,
  since timestamptz default null,
  min_latency_ms double precision default null,
  min_cost_nanousd bigint default null,
  find text default null,
  until timestamptz default null
)
returns setof nemo.prompt_logs
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  entry nemo.prompt_logs;
  wanted text := lower(btrim(prompt_log_entries.find));
begin
  perform nemo_private.require_role(prompt_log_entries.organization_id, 'viewer');
  if prompt_log_entries.outcome is not null and prompt_log_entries.outcome !~ '^(ok|error|[45]xx|[1-5]\d\d)$' then
    perform nemo_private.fail('NM014', 'There is no such outcome.', 'Use ok, error, 4xx, 5xx or an HTTP status.');
  end if;
  for entry in
    select l.* from nemo.prompt_logs l
    where l.organization_id = prompt_log_entries.organization_id
      and (prompt_log_entries.template_id is null or l.template_id = prompt_log_entries.template_id)
      and (l.created_at < coalesce(prompt_log_entries.before, 'infinity')
        or (l.created_at = prompt_log_entries.before and l.request_id < prompt_log_entries.before_request))
      and l.created_at >= coalesce(prompt_log_entries.since, '-infinity')
      and l.created_at < coalesce(prompt_log_entries.until, 'infinity')
      and (prompt_log_entries.version is null or l.version = prompt_log_entries.version)
      and (prompt_log_entries.variant is null or l.variant = prompt_log_entries.variant)
      and (prompt_log_entries.api_key_id is null or l.api_key_id = prompt_log_entries.api_key_id)
      and (prompt_log_entries.model is null or l.model = prompt_log_entries.model)
      and (prompt_log_entries.min_latency_ms is null or l.latency_ms >= prompt_log_entries.min_latency_ms)
      and (prompt_log_entries.min_cost_nanousd is null or l.cost_nanousd >= prompt_log_entries.min_cost_nanousd)
      and (coalesce(wanted, '') = '' or l.request_id::text = wanted or lower(l.client_request_id) = wanted)
      and case
        when prompt_log_entries.outcome is null then true
        when prompt_log_entries.outcome = 'ok' then l.status < 400 and l.error_code is null
        when prompt_log_entries.outcome = 'error' then nemo_private.request_failed(l.status, l.error_code)
        when prompt_log_entries.outcome like '_xx' then l.status / 100 = left(prompt_log_entries.outcome, 1)::integer
        else l.status = prompt_log_entries.outcome::integer end
    order by l.created_at desc, l.request_id desc
    limit least(greatest(coalesce(prompt_log_entries.max, 50), 1), 1000)
  loop
    entry.variables := null;
    entry.rendered_messages := null;
    entry.client_messages := null;
    entry.response := null;
    return next entry;
  end loop;
end
$$;
comment on function nemo.prompt_log_entries(uuid, text, timestamptz, integer, uuid, integer, text, uuid, text, text, timestamptz, double precision, bigint, text, timestamptz) is
  'The newest requests without their content, for every member whatever the data policy; at most 1000 rows. before and before_request are created_at and request_id of the last row of the page before. outcome is ok, error, 4xx, 5xx or a status; find is a request id, ours or the client''s; since is the first moment, until the first one after. NM001, NM003, NM014.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.prompt_log_entries(uuid, text, timestamptz, integer, uuid, integer, text, uuid, text, text, timestamptz, double precision, bigint, text, timestamptz)
  to authenticated, service_role;
