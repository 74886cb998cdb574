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
-- A hundred rows are read in less time than it takes to call other processes to help.
set jit = off
set max_parallel_workers_per_gather = 0
as $$
declare
  entry nemo.prompt_logs;
  wanted text := nullif(lower(btrim(prompt_log_entries.find)), '');
  spans tstzmultirange;
  conditions text := '';
begin
  perform nemo_private.require_role(prompt_log_entries.organization_id, 'viewer');
  if prompt_log_entries.outcome is not null and prompt_log_entries.outcome !~ '^(ok|error|[45]xx|[1-5]\d\d)$' then
    perform nemo_private.fail('NM014', 'There is no such outcome.', 'Use ok, error, 4xx, 5xx or an HTTP status.');
  end if;
  perform nemo_private.check_range(prompt_log_entries.max, 'number of requests', 1, 1000);
  spans := nemo_private.usage_spans(prompt_log_entries.organization_id, prompt_log_entries.template_id, prompt_log_entries.version,
    prompt_log_entries.variant, prompt_log_entries.api_key_id, prompt_log_entries.model, prompt_log_entries.min_latency_ms,
    prompt_log_entries.min_cost_nanousd);
  -- Only the filters that are given become conditions, so that each has its own plan and its own index.
  if prompt_log_entries.template_id is not null then conditions := conditions || ' and l.template_id = $2'; end if;
  if prompt_log_entries.before is not null then
    conditions := conditions || ' and l.created_at <= $3 and (l.created_at < $3 or l.request_id < $4)';
  end if;
  if prompt_log_entries.version is not null then conditions := conditions || ' and l.version = $5'; end if;
  if prompt_log_entries.variant is not null then conditions := conditions || ' and l.variant = $6'; end if;
  if prompt_log_entries.api_key_id is not null then conditions := conditions || ' and l.api_key_id = $7'; end if;
  if prompt_log_entries.model is not null then conditions := conditions || ' and l.model = $8'; end if;
  if prompt_log_entries.min_latency_ms is not null then conditions := conditions || ' and l.latency_ms >= $9'; end if;
  if prompt_log_entries.min_cost_nanousd is not null then conditions := conditions || ' and l.cost_nanousd >= $10'; end if;
  if wanted is not null then
    conditions := conditions || case when nemo_private.to_uuid(wanted) is null then ' and lower(l.client_request_id) = $11'
      else ' and (l.request_id = $11::uuid or lower(l.client_request_id) = $11)' end;
  end if;
  if prompt_log_entries.since is not null then conditions := conditions || ' and l.created_at >= $12'; end if;
  if prompt_log_entries.until is not null then conditions := conditions || ' and l.created_at < $13'; end if;
  if spans is not null then
    -- Written out, so that partitions between them are not even planned for. So many that planning would take longer
    -- than reading are taken as one.
    conditions := conditions || (
      select ' and (' || coalesce(string_agg(format('l.created_at >= %L and l.created_at < %L', lower(s), upper(s)), ' or '), 'false') || ')'
      from unnest(case when (select count(*) from unnest(spans)) > 50 then tstzmultirange(range_merge(spans)) else spans end) s);
  end if;
  conditions := conditions || case
    when prompt_log_entries.outcome is null then ''
    when prompt_log_entries.outcome = 'ok' then ' and l.status < 400 and l.error_code is null'
    -- As request_failed says; the first half is what the index of failed requests holds.
    when prompt_log_entries.outcome = 'error' then ' and (l.status >= 400 or l.error_code is not null) and l.status <> 499'
    when prompt_log_entries.outcome like '_xx' then ' and (l.status >= 400 or l.error_code is not null) and l.status / 100 = left($14, 1)::integer'
    when prompt_log_entries.outcome >= '400' then ' and (l.status >= 400 or l.error_code is not null) and l.status = $14::integer'
    else ' and l.status = $14::integer' end;
  -- One who looks for an id gets it by its index, and not by going through all requests in their order.
  for entry in execute
    'with l as ' || case when wanted is null then 'not ' else '' end || 'materialized (select l.* from nemo.prompt_logs l where l.organization_id = $1'
    || conditions || ') select l.* from l order by l.created_at desc, l.request_id desc limit $15'
    using prompt_log_entries.organization_id, prompt_log_entries.template_id, prompt_log_entries.before, prompt_log_entries.before_request,
      prompt_log_entries.version, prompt_log_entries.variant, prompt_log_entries.api_key_id, prompt_log_entries.model,
      prompt_log_entries.min_latency_ms, prompt_log_entries.min_cost_nanousd, wanted, prompt_log_entries.since,
      prompt_log_entries.until, prompt_log_entries.outcome, coalesce(prompt_log_entries.max, 50)
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
  'The newest requests without their content, for every member whatever the data policy; max up to 1000. before and before_request are created_at and request_id of the last row of the page before. outcome is ok, error, 4xx, 5xx or a status; find is a request id, ours or the client''s; since is the first moment, until the first one after. NM001, NM003, NM014, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.prompt_log_entries(uuid, text, timestamptz, integer, uuid, integer, text, uuid, text, text, timestamptz, double precision, bigint, text, timestamptz)
  to authenticated, service_role;
