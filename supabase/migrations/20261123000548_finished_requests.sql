-- What the gateway says of a finished request, and what is known of it besides.

create type nemo_private.finished_request as (
  request_id uuid, key_hash text, client_request_id text, template_id text, version integer, variant text,
  test_id uuid, test_phase integer, render_hash text, endpoint text, model text, provider text, status integer,
  error_code text, latency_ms double precision, ttft_ms double precision, prompt_tokens integer,
  cached_tokens integer, completion_tokens integer, usage_estimated boolean, subject text, variables text,
  rendered_messages jsonb, client_messages jsonb, response jsonb, denied_template text, attempts jsonb, fake boolean,
  organization_id uuid, api_key_id uuid, data_policy text, cost_nanousd bigint, created_at timestamptz
);
comment on type nemo_private.finished_request is 'What gateway_record takes per request, and (the last five) what it finds out about it. variables is JSON as text, since jsonb keeps neither the order of keys nor 1e3 apart from 1000.';

-- Left out here, not refused by the table: Postgres writes a refused row into its log, with all it holds.
create function nemo_private.content_to_keep(content anyelement)
returns anyelement
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when pg_column_size(content_to_keep.content) <= 8388608 then content_to_keep.content end;
end
$$;
comment on function nemo_private.content_to_keep(anyelement) is 'Content of a request if it has at most 8 MiB, as prompt_logs bounds it; else null.';

-- Whose request it was is read from the key, never believed; cost is worked out here, never believed.
create function nemo_private.complete_requests(items jsonb)
returns nemo_private.finished_request[]
language plpgsql
stable
set search_path = ''
as $$
declare
  completed nemo_private.finished_request[];
begin
  with finished as materialized (
    select i.*, k.organization_id as payer, k.id as payer_key, o.data_policy as policy,
      case when i.provider <> 'platform' then k.organization_id end as price_list
    from jsonb_populate_recordset(null::nemo_private.finished_request, complete_requests.items) i
    join nemo_private.api_key_hashes h on h.key_hash = i.key_hash
    join nemo.api_keys k on k.id = h.api_key_id
    join nemo.organizations o on o.id = k.organization_id
  ), prices as materialized (
    -- Once for each model of the batch, not once for each request.
    select d.price_list, d.model, nemo_private.price_of(d.price_list, d.model) as price
    from (select distinct f.price_list, f.model from finished f) d
  )
  select array_agg(row(
      i.request_id, i.key_hash, left(i.client_request_id, 200), i.template_id, i.version, i.variant,
      i.test_id, i.test_phase, i.render_hash, coalesce(i.endpoint, 'chat.completions'), left(i.model, 200), i.provider, i.status,
      i.error_code, i.latency_ms, i.ttft_ms, i.prompt_tokens, i.cached_tokens, i.completion_tokens,
      coalesce(i.usage_estimated, false),
      case when i.subject is not null then nemo_private.sha256_hex(i.payer || ':' || i.subject) end,
      case when i.policy = 'full' then nemo_private.content_to_keep(i.variables) end,
      case when i.policy = 'full' then nemo_private.content_to_keep(i.rendered_messages) end,
      case when i.policy = 'full' then nemo_private.content_to_keep(i.client_messages) end,
      case when i.policy = 'full' then nemo_private.content_to_keep(i.response) end,
      i.denied_template, i.attempts, coalesce(i.fake, false), i.payer, i.payer_key, i.policy,
      case when coalesce(i.prompt_tokens, 0) = 0 and coalesce(i.completion_tokens, 0) = 0 then 0
           else nemo_private.cost_at(p.price, i.prompt_tokens, i.cached_tokens, i.completion_tokens) end,
      nemo_private.uuid_time(i.request_id)
    )::nemo_private.finished_request order by i.request_id)
  into completed
  from finished i
  join prices p on p.model is not distinct from i.model and p.price_list is not distinct from i.price_list;
  return coalesce(completed, '{}');
end
$$;
comment on function nemo_private.complete_requests(jsonb) is 'Adds organization, key, policy, cost and time to the gateway''s records; drops what the policy does not keep.';

revoke execute on all functions in schema nemo_private from public;
