-- Both halves of what the gateway asks before it serves, in one call that answers many requests at once. A client
-- waits for it, and each statement costs Postgres more than its few rows do: what an expression can do, none does.

create function nemo_private.gateway_resolve(selectors jsonb, admissions jsonb)
returns json
language plpgsql
security definer
set search_path = ''
-- For all it calls. The plans do not depend on the values, and making them costs many times what running them does;
-- and each function that changes settings for itself costs as much as some statements.
set plan_cache_mode = force_generic_plan
as $$
declare
  line nemo_private.resolved_selector;
  organization uuid;
  free bigint;
  resolved json[] := '{}'::json[];
  refused jsonb := '{}'::jsonb;
  own_providers uuid[];
  setting text;
begin
  -- What is written here lives as long as a request and is unlogged: no need to wait for a disk.
  setting := set_config('synchronous_commit', 'off', true);
  -- In one order everywhere, credit before keys, so that look-ups which lock cannot wait for each other.
  foreach line in array nemo_private.resolve_selectors(gateway_resolve.selectors) loop
    declare
      asking jsonb := gateway_resolve.admissions;
      request jsonb;
      request_ids uuid[];
      tokens integer[];
      costs bigint[];
      price nemo.model_prices;
      limited boolean;
      cost bigint := 0;
      asked integer;
      admitted integer;
      refusal text;
      remaining integer;
      reset_seconds integer;
      reserved bigint;
      turned_away jsonb;
      ahead json;
    begin
      if line.outcome in ('template', 'untouched') then
        -- Own providers use no credit, so nothing is reserved for them.
        if line.provider is null then
          price := nemo_private.price_of(null, line.model);
        end if;
        if jsonb_array_length(gateway_resolve.selectors) > 1 then
          asking := jsonb_path_query_array(asking, '$[*] ? (@.selector == $index)', jsonb_build_object('index', line.index));
        end if;
        asked := jsonb_array_length(asking);
        for place in 0 .. asked - 1 loop
          request := asking -> place;
          request_ids := request_ids || (request ->> 'request_id')::uuid;
          tokens := tokens || (request ->> 'prompt_tokens')::integer;
          costs := costs || coalesce(nemo_private.cost_at(price, tokens[place + 1], 0, (request ->> 'output_tokens')::integer), 0);
          cost := cost + costs[place + 1];
        end loop;
        if organization is distinct from line.organization_id then
          organization := line.organization_id;
          free := nemo_private.free_credit(organization);
          -- Near the end of its credit (what some dozens of such look-ups could use up) an organization is served one
          -- look-up at a time, so that two cannot reserve the same dollar. Everybody else is not held up.
          if free < 1000000000 + 32 * cost then
            perform pg_advisory_xact_lock(hashtextextended(organization::text, 2));
            free := nemo_private.free_credit(organization);
          end if;
          if line.own_providers then
            own_providers := own_providers || organization;
          end if;
        end if;
        limited := num_nulls(line.requests_per_minute, line.max_concurrency, line.monthly_budget_nanousd) < 3;
        if limited then
          select * into admitted, refusal, remaining, reset_seconds from nemo_private.admit_by_key(line.api_key_id, asked,
            line.requests_per_minute, line.max_concurrency, line.monthly_budget_nanousd);
        end if;
        if free > cost and (admitted = asked or not limited) then
          -- What nearly every look-up comes to: there is enough for all. Of one request, nothing is made a table of.
          if asked = 1 then
            insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd,
              prompt_tokens, model, provider, lease_until)
            values (request_ids[1], line.organization_id, line.api_key_id, line.key_hash, cost, tokens[1], line.model,
              line.provider, clock_timestamp() + interval '30 seconds');
          else
            insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd,
              prompt_tokens, model, provider, lease_until)
            select a.request_id, line.organization_id, line.api_key_id, line.key_hash, a.cost, a.tokens, line.model,
              line.provider, clock_timestamp() + interval '30 seconds'
            from unnest(request_ids, tokens, costs) a (request_id, tokens, cost);
          end if;
          reserved := cost;
        else
          -- First come, first served: a request is let in while something is left before it.
          with placed as materialized (
            select a.request_id, a.tokens, row_number() over arrival <= coalesce(admitted, asked) as by_key,
              case when free > sum(a.cost) over arrival - a.cost then a.cost end as reserves
            from unnest(request_ids, tokens, costs) with ordinality a (request_id, tokens, cost, place)
            window arrival as (order by a.place)
          ), let_in as (
            insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd,
              prompt_tokens, model, provider, lease_until)
            select p.request_id, line.organization_id, line.api_key_id, line.key_hash, coalesce(p.reserves, 0), p.tokens,
              line.model, line.provider, clock_timestamp() + interval '30 seconds'
            from placed p where p.by_key
          )
          select coalesce(sum(p.reserves) filter (where p.by_key), 0),
            jsonb_object_agg(p.request_id, case when p.by_key then 'credit' else refusal end)
              filter (where not p.by_key or p.reserves is null)
          into reserved, turned_away from placed p;
          refused := refused || coalesce(turned_away, '{}');
        end if;
        free := free - reserved;
        -- Limits count each request before it is let in. Of the credit only a sixteenth, so that as many gateways,
        -- each unaware of the others, cannot promise more than there is; and nothing near its end.
        if not limited and free >= 1000000000 then
          ahead := json_build_object('nanousd', free / 16,
            'nanousd_per_mtok', coalesce(greatest(price.input_nanousd_per_mtok, price.output_nanousd_per_mtok), 0));
        end if;
      end if;
      resolved := resolved || json_build_object('index', line.index, 'outcome', line.outcome,
        'organization_id', line.organization_id, 'data_policy', line.data_policy, 'template_id', line.template_id,
        'version', line.version, 'test', line.test,
        'limit', line.requests_per_minute, 'remaining', remaining,
        'reset_seconds', reset_seconds, 'ahead', ahead);
    end;
  end loop;
  return json_build_object('selectors', resolved, 'refused', refused,
    'connections', case when own_providers is not null then nemo_private.usable_connections(own_providers) end);
end
$$;
comment on function nemo_private.gateway_resolve(jsonb, jsonb) is
  'Resolves an array of nemo_private.selector and admits requests of them: [{selector, request_id, prompt_tokens, output_tokens}], tokens being the estimate for the prompt and the most it may generate. Answers {selectors: [{index, outcome, organization_id, data_policy, template_id, version, test, limit, remaining, reset_seconds, ahead}], refused: {request_id: rate_limit | concurrency | budget_exceeded | credit}, connections: as usable_connections answers}. A request refused for credit may still go to the organization''s own provider. ahead says what a gateway that tolerates stale pointers may promise before it asks again: {nanousd of the organization''s credit, nanousd_per_mtok of the dearest token}, null for nothing.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_resolve(jsonb, jsonb) to nemo_gateway;
