-- Requests whose gateway was killed while they were under way: found by their leases, logged and charged.

create function nemo_private.settle_alone(item jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.gateway_record(gen_random_uuid(), jsonb_build_array(settle_alone.item));
exception
  when data_exception or integrity_constraint_violation then
    begin
      perform nemo_private.gateway_record(gen_random_uuid(),
        jsonb_build_array(nemo_private.without_content(settle_alone.item)));
    exception
      when data_exception or integrity_constraint_violation then
        raise warning 'request % could not be recorded: %', settle_alone.item ->> 'request_id', sqlstate;
    end;
end
$$;
comment on function nemo_private.settle_alone(jsonb) is 'Records one lost request, without its content where that cannot be kept, or says that it cannot be.';

-- A gateway that was killed leaves its requests in flight. When their leases end they are logged as
-- interrupted, and charged for what is known to have been used: the prompt, and the answer as far as the last
-- renewal told.
create function nemo_private.settle_lost_requests()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  lost jsonb;
begin
  perform from nemo.organizations o
  where o.id in (select l.organization_id from nemo_private.in_flight l where l.lease_until < now())
  order by o.id for key share;
  select jsonb_agg(jsonb_build_object('endpoint', 'chat.completions', 'provider', coalesce(f.provider, 'platform'), 'model', f.model,
      'prompt_tokens', f.prompt_tokens, 'completion_tokens', 0) || coalesce(f.progress, '{}')
      || jsonb_build_object('request_id', f.request_id, 'key_hash', f.key_hash, 'status', 500,
        'error_code', 'gateway_interrupted', 'usage_estimated', true,
        -- A request that was under way does not know its usage yet; then the estimate made on its arrival counts.
        'prompt_tokens', coalesce(nullif(f.progress -> 'prompt_tokens', 'null'), to_jsonb(f.prompt_tokens))))
  into lost
  from (
    select * from nemo_private.in_flight l
    where l.lease_until < now() and not exists (select from nemo_private.withdrawn_requests w where w.request_id = l.request_id)
    limit 500 for update skip locked
  ) f;
  if lost is null then
    return 0;
  end if;
  begin
    perform nemo_private.gateway_record(gen_random_uuid(), lost);
  exception
    -- One that cannot be written must not keep the rest of housekeeping from being done, now and for ever.
    when data_exception or integrity_constraint_violation then
      raise warning 'lost requests could not be recorded together: % %', sqlstate, sqlerrm;
      perform nemo_private.settle_alone(e.value) from jsonb_array_elements(lost) e;
  end;
  -- Rows whose key is gone were not completed by the above, and nobody is left to charge.
  delete from nemo_private.in_flight l
  where l.request_id in (select (e ->> 'request_id')::uuid from jsonb_array_elements(lost) e);
  return jsonb_array_length(lost);
end
$$;
comment on function nemo_private.settle_lost_requests() is 'Logs and charges requests whose gateway died, as gateway_interrupted; returns how many.';

revoke execute on all functions in schema nemo_private from public;
